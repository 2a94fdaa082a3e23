import socket
import threading
import unittest

from bundler_backlog import Redis, backlog
from bundler_drain import complete, drain, leaving
from bundler_lease_table import Table


class Draining(unittest.TestCase):
    def test_only_a_machine_that_is_to_go_leaves(self):
        self.assertTrue(leaving(lambda _: "Terminated"))
        self.assertFalse(leaving(lambda _: "InService"))
        self.assertFalse(leaving(lambda _: None))

    def test_units_of_a_step_stop_side_by_side_and_then_the_hook_is_answered(self):
        ran, answered = [], []

        class Client:
            def complete_lifecycle_action(self, **values):
                answered.append(values)

        drain([["agent.service", "b.service"], ["a.service"]], lambda argv, check: ran.append(argv))
        complete({"group": "g", "hook": "drain"}, "i-1", Client())
        self.assertEqual(ran, [["systemctl", "stop", "agent.service", "b.service"], ["systemctl", "stop", "a.service"]])
        self.assertEqual(answered[0]["InstanceId"], "i-1")
        self.assertEqual(answered[0]["LifecycleActionResult"], "CONTINUE")


class Counting(unittest.TestCase):
    def test_waiting_active_and_prioritized_jobs_of_every_queue_count(self):
        answers = iter(
            [
                b"*2\r\n$1\r\n7\r\n*1\r\n$11\r\nbull:a:meta\r\n",
                b"*2\r\n$1\r\n0\r\n*2\r\n$11\r\nbull:b:meta\r\n$11\r\nbull:a:meta\r\n",
                *[b":%d\r\n" % count for count in (1, 2, 3, 4, 5, 6)],
            ]
        )
        ours, theirs = socket.socketpair()
        self.addCleanup(ours.close)
        self.addCleanup(theirs.close)

        def serve():
            for answer in answers:
                theirs.recv(4096)
                theirs.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        redis = Redis(ours)
        self.assertEqual(backlog(redis), 21)
        thread.join()
        redis.file.close()

    def test_an_error_of_redis_is_no_number(self):
        ours, theirs = socket.socketpair()
        self.addCleanup(ours.close)
        self.addCleanup(theirs.close)
        theirs.sendall(b"-LOADING\r\n")
        redis = Redis(ours)
        with self.assertRaises(OSError):
            redis.call("PING")
        redis.file.close()


class Leases(unittest.TestCase):
    """The statements run in the validators, against PostgreSQL; here only what goes around them."""

    def test_a_granted_lease_holds_nothing_and_costs_no_call(self):
        ran = []
        table = Table(lambda text, values: ran.append(text))
        self.assertTrue(table.grant(15))
        self.assertEqual(ran, [])

    def test_the_table_is_made_once(self):
        ran = []
        table = Table(lambda text, values: ran.append(text))
        self.assertIsNone(table.holder("k"))
        self.assertEqual(table.keep("gone"), 0)
        self.assertEqual(len([text for text in ran if "CREATE TABLE" in text]), 1)

    def test_taken_by_another_is_not_taken(self):
        table = Table(lambda text, values: None)
        self.assertFalse(table.take("k", "worker", table.grant(15)))


if __name__ == "__main__":
    unittest.main()
