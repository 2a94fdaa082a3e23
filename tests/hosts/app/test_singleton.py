import unittest

from bundler_singleton import Holder, decide

SETTINGS = {"key": "k", "host": "worker-1", "leaseSeconds": 15, "renewSeconds": 3}


class FakeEtcd:
    """A lease table with a clock of its own."""

    def __init__(self, clock):
        self.clock, self.leases, self.owner, self.down = clock, {}, None, False

    def check(self):
        if self.down:
            raise OSError("no route")
        if self.owner and self.leases.get(self.owner[1], 0) <= self.clock():
            self.owner = None

    def grant(self, seconds):
        self.check()
        lease = len(self.leases) + 1
        self.leases[lease] = self.clock() + seconds
        return lease

    def renew(self, lease):
        self.check()
        if self.leases.get(lease, 0) <= self.clock():
            return False
        self.leases[lease] = self.clock() + 15
        return True

    def revoke(self, lease):
        self.check()
        self.leases[lease] = 0
        self.check()

    def take(self, _key, host, lease):
        self.check()
        if self.owner:
            return False
        self.owner = (host, lease)
        return True


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Decisions(unittest.TestCase):
    def test_starts_only_with_a_lease(self):
        self.assertEqual(decide(100, None, 6, False), "keep")
        self.assertEqual(decide(100, 115, 6, False), "start")

    def test_stops_while_the_stop_still_fits_into_the_lease(self):
        self.assertEqual(decide(108.9, 115, 6, True), "keep")
        self.assertEqual(decide(109, 115, 6, True), "stop")
        self.assertEqual(decide(109, 115, 6, False), "keep")

    def test_stops_without_a_lease(self):
        self.assertEqual(decide(100, None, 6, True), "stop")


class Holding(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()
        self.etcd = FakeEtcd(self.clock)
        self.one = Holder(self.etcd, SETTINGS, self.clock)
        self.two = Holder(self.etcd, {**SETTINGS, "host": "worker-2"}, self.clock)

    def may_run(self, holder):
        return decide(self.clock(), holder.held_until, 6, False) == "start"

    def test_one_of_two_holds_it(self):
        self.one.step()
        self.two.step()
        self.assertTrue(self.may_run(self.one))
        self.assertFalse(self.may_run(self.two))

    def test_the_other_takes_it_within_the_lease_when_the_holder_is_gone(self):
        self.one.step()
        for _ in range(5):
            self.clock.now += 3
            self.two.step()
        self.assertTrue(self.may_run(self.two))

    def test_never_two_when_the_holder_is_cut_off_from_etcd(self):
        self.one.step()
        cut = FakeEtcd(self.clock)
        cut.down = True
        self.one.etcd = cut
        for _ in range(200):
            self.clock.now += 0.1
            self.one.step()
            self.two.step()
            # The unit runs until the stop is over at the latest.
            first_may_still_run = self.one.held_until is not None and self.clock() < self.one.held_until
            self.assertFalse(first_may_still_run and self.may_run(self.two))
        self.assertTrue(self.may_run(self.two))

    def test_a_lease_that_ended_is_not_renewed(self):
        self.one.step()
        self.etcd.leases[self.one.lease] = 0
        self.clock.now += 3
        self.one.step()
        self.assertFalse(self.may_run(self.one))

    def test_release_lets_the_other_start_at_once(self):
        self.one.step()
        self.one.release()
        self.two.step()
        self.assertTrue(self.may_run(self.two))


class Health(unittest.TestCase):
    def test_one_answer_of_three_is_enough(self):
        import bundler_health

        answers = iter([False, False, True])
        original, bundler_health.answers = bundler_health.answers, lambda *_: next(answers)
        try:
            self.assertFalse(bundler_health.hung(1, pause=0))
        finally:
            bundler_health.answers = original

    def test_nobody_listening_is_hung(self):
        import socket

        import bundler_health

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.assertTrue(bundler_health.hung(port, attempts=2, pause=0))


if __name__ == "__main__":
    unittest.main()
