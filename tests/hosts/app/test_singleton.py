import os
import tempfile
import unittest

from bundler_singleton import Guard, Lease, decide


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class FakeEtcd:
    """Leases and one key, on a clock."""

    def __init__(self, clock):
        self.clock, self.leases, self.owner = clock, {}, None

    def grant(self, seconds):
        lease = str(len(self.leases) + 1)
        self.leases[lease] = self.clock() + seconds
        return lease

    def keep(self, lease):
        if self.leases.get(lease, 0) <= self.clock():
            return 0
        self.leases[lease] = self.clock() + 15
        return 15

    def revoke(self, lease):
        self.leases[lease] = 0

    def holder(self, _key):
        if self.owner and self.leases.get(self.owner, 0) <= self.clock():
            self.owner = None
        return self.owner

    def take(self, key, _value, lease):
        if self.holder(key):
            return False
        self.owner = lease
        return True


class Down:
    def __getattr__(self, _name):
        def fail(*_):
            raise OSError("no route")

        return fail


class FakeUnit:
    """A unit that drains for as long as it is let."""

    def __init__(self):
        self.now = "inactive"

    def state(self):
        return self.now

    def act(self, action):
        self.now = {"start": "active", "stop": "deactivating" if self.now != "failed" else "failed", "kill": "failed"}[action]


class Decisions(unittest.TestCase):
    def test_starts_only_with_a_lease_that_lasts(self):
        self.assertIsNone(decide(True, 0, "inactive", 7.5, 3))
        self.assertIsNone(decide(True, 7.5, "inactive", 7.5, 3))
        self.assertEqual(decide(True, 8, "failed", 7.5, 3), "start")
        self.assertIsNone(decide(False, 15, "inactive", 7.5, 3))

    def test_stops_in_order_and_kills_what_is_left_of_it(self):
        self.assertIsNone(decide(True, 8, "active", 7.5, 3))
        self.assertEqual(decide(True, 7.5, "active", 7.5, 3), "stop")
        self.assertIsNone(decide(True, 7, "deactivating", 7.5, 3))
        self.assertEqual(decide(True, 3, "deactivating", 7.5, 3), "kill")
        self.assertEqual(decide(True, 0, "active", 7.5, 3), "kill")


class Two(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.etcd = FakeEtcd(self.clock)
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.hosts = []
        for name in ("worker-1", "worker-2"):
            settings = {"key": "k", "name": name, "leaseSeconds": 15, "stopSeconds": 7.5, "killSeconds": 3, "file": os.path.join(directory.name, name)}
            lease = Lease(settings, self.etcd, self.clock)
            self.hosts.append((lease, Guard(settings, lease, FakeUnit())))

    def pass_time(self, seconds, renewing):
        """Guards look twice a second, leases are renewed each three; never may both units be there."""
        for tick in range(int(seconds * 2)):
            self.clock.now += 0.5
            for number, (lease, guard) in enumerate(self.hosts):
                if number in renewing and tick % 6 == 0:
                    try:
                        lease.step()
                    except OSError:
                        pass
                guard.look()
            there = [guard.unit.state() for _, guard in self.hosts if guard.unit.state() not in ("inactive", "failed")]
            self.assertLess(len(there), 2)

    def states(self):
        return [guard.unit.state() for _, guard in self.hosts]

    def test_one_of_two_runs_it(self):
        self.pass_time(30, {0, 1})
        self.assertEqual(self.states(), ["active", "inactive"])

    def test_the_other_runs_it_within_half_a_minute_when_the_host_is_lost(self):
        self.pass_time(10, {0, 1})
        lost = self.hosts.pop(0)
        self.assertEqual(lost[1].unit.state(), "active")
        self.pass_time(30, {0})
        self.assertEqual(self.states(), ["active"])

    def test_never_two_when_the_holder_is_cut_off_and_its_unit_drains_for_ever(self):
        self.pass_time(10, {0, 1})
        self.hosts[0][0].etcd = Down()
        self.pass_time(60, {0, 1})
        self.assertEqual(self.states(), ["failed", "active"])

    def test_never_two_when_renewals_hang(self):
        self.pass_time(10, {0, 1})
        self.pass_time(60, {1})
        self.assertEqual(self.states(), ["failed", "active"])

    def test_a_restarted_agent_goes_on_with_its_lease(self):
        self.pass_time(10, {0, 1})
        lease, guard = self.hosts[0]
        again = Lease(lease.settings, self.etcd, self.clock)
        again.adopt()
        self.assertEqual(again.id, lease.id)
        guard.lease = again
        self.hosts[0] = (again, guard)
        self.pass_time(30, {0, 1})
        self.assertEqual(self.states(), ["active", "inactive"])

    def test_a_released_lease_is_the_others_at_once(self):
        self.pass_time(10, {0, 1})
        lease, guard = self.hosts[0]
        guard.wanted = False
        guard.unit.now = "inactive"
        lease.release()
        self.pass_time(4, {1})
        self.assertEqual(self.states()[1], "active")


if __name__ == "__main__":
    unittest.main()
