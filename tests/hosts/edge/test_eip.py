import unittest

from bundler_eip import Address, Keeper

ME, OTHER = "i-me", "i-other"


class Ec2:
    """One address tagged `edge`, and what was asked."""

    def __init__(self, owner=OTHER):
        self.owner, self.calls, self.broken = owner, [], False

    def describe_addresses(self, Filters):
        self.calls.append("describe")
        if self.broken:
            raise OSError("the control plane does not answer")
        found = {"AllocationId": "eipalloc-1", **({"InstanceId": self.owner} if self.owner else {})}
        return {"Addresses": [found] if Filters == [{"Name": "tag:Name", "Values": ["edge"]}] else []}

    def associate_address(self, AllocationId, InstanceId, AllowReassociation):
        self.calls.append("associate")
        assert AllocationId == "eipalloc-1" and AllowReassociation
        self.owner = InstanceId


class Keeping(unittest.TestCase):
    def setUp(self):
        self.ec2, self.master, self.time = Ec2(), False, 0.0
        self.keeper = Keeper(Address(self.ec2, "edge", ME), lambda: self.master, 60, lambda: self.time)

    def test_a_backup_looks_once_and_takes_nothing(self):
        self.keeper.step()
        self.keeper.step()
        self.assertEqual(self.ec2.calls, ["describe"])
        self.time = 61
        self.keeper.step()
        self.assertEqual((self.ec2.calls, self.ec2.owner), (["describe", "describe"], OTHER))

    def test_a_new_master_takes_it_with_its_first_call(self):
        self.keeper.step()
        self.master = True
        self.assertIn("is this host's", self.keeper.step())
        self.assertEqual(self.ec2.calls, ["describe", "associate", "describe"])
        self.assertIsNone(self.keeper.step())
        self.assertEqual(self.ec2.owner, ME)

    def test_a_master_that_lost_it_takes_it_back(self):
        self.master = True
        self.keeper.step()
        self.ec2.owner = OTHER
        self.assertIsNone(self.keeper.step())
        self.time = 61
        self.assertIn("is this host's", self.keeper.step())

    def test_master_again_after_backup_takes_it_again(self):
        self.master = True
        self.keeper.step()
        self.master = False
        self.keeper.step()
        self.ec2.owner, self.master = OTHER, True
        self.keeper.step()
        self.assertEqual(self.ec2.owner, ME)

    def test_a_failed_attempt_is_tried_again(self):
        self.master, self.ec2.broken = True, True
        self.assertRaises(OSError, self.keeper.step)
        self.ec2.broken = False
        self.keeper.step()
        self.assertEqual(self.ec2.owner, ME)

    def test_an_address_that_is_not_there_is_an_error(self):
        self.assertRaises(LookupError, Address(self.ec2, "another", ME).owner)


if __name__ == "__main__":
    unittest.main()
