import os
import tempfile
import unittest

from bundler_eip import Address, Keeper, Word

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
        self.ec2, self.master = Ec2(), False
        self.keeper = Keeper(Address(self.ec2, "edge", ME), lambda: self.master)

    def test_a_backup_looks_and_takes_nothing(self):
        self.keeper.step()
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


class Listening(unittest.TestCase):
    def setUp(self):
        room = tempfile.TemporaryDirectory()
        self.addCleanup(room.cleanup)
        pipe = f"{room.name}/vrrp"
        os.mkfifo(pipe)
        self.pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        self.addCleanup(os.close, self.pipe)
        self.word = Word(self.pipe, f"{room.name}/master")

    def hear(self, *states):
        for state in states:
            os.write(self.pipe, f'INSTANCE "edge" {state} 149\n'.encode())
        return self.word.listen(5)

    def test_nothing_said_is_no_master_and_no_word(self):
        self.assertFalse(self.word.listen(0))
        self.assertFalse(self.word.master())

    def test_the_last_of_two_words_counts(self):
        self.assertTrue(self.hear("MASTER", "BACKUP"))
        self.assertFalse(self.word.master())
        self.assertTrue(self.hear("BACKUP", "MASTER"))
        self.assertTrue(self.word.master())

    def test_a_host_that_fails_or_stops_is_no_master(self):
        for state in ("FAULT", "STOP", "BACKUP"):
            self.hear("MASTER")
            self.hear(state)
            self.assertFalse(self.word.master(), state)

    def test_a_peer_of_lower_priority_is_a_word_that_changes_nothing(self):
        self.hear("MASTER")
        self.assertTrue(self.hear("MASTER_RX_LOWER_PRI"))
        self.assertTrue(self.word.master())

    def test_what_was_said_is_known_to_the_next_program(self):
        self.hear("MASTER")
        self.assertTrue(Word(self.pipe, self.word.flag).master())


if __name__ == "__main__":
    unittest.main()
