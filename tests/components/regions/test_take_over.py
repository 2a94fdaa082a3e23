import contextlib
import io
import unittest

from take_over import RESERVE_MILLISECONDS, say, takes_writes, wait


class SayTest(unittest.TestCase):
    def setUp(self):
        self.put, self.lost = [], set()
        output = contextlib.redirect_stdout(io.StringIO())
        output.__enter__()
        self.addCleanup(output.__exit__, None, None, None)

    def say(self):
        def put(region, name, value):
            if region in self.lost:
                raise OSError("no way there")
            self.put.append((region, name, value))

        return say(put, ["us-west-2", "us-east-1"], "/bundler/writer", "standby")

    def test_tells_both_regions(self):
        self.assertEqual(self.say(), [])
        self.assertEqual(self.put, [("us-west-2", "/bundler/writer", "standby"), ("us-east-1", "/bundler/writer", "standby")])

    def test_goes_on_without_a_region_that_is_lost_and_names_it(self):
        self.lost = {"us-east-1"}
        self.assertEqual(self.say(), ["us-east-1"])
        self.assertEqual(self.put, [("us-west-2", "/bundler/writer", "standby")])

    def test_fails_when_this_region_could_not_be_told(self):
        self.lost = {"us-west-2"}
        with self.assertRaises(OSError):
            self.say()
        self.assertEqual(self.put, [])


class WaitTest(unittest.TestCase):
    def test_ends_when_the_region_takes_writes(self):
        answers, pauses = [False, False, True], []
        wait(lambda: 60_000, lambda: answers.pop(0), pauses.append)
        self.assertEqual((answers, len(pauses)), ([], 2))

    def test_gives_up_while_there_is_time_to_say_so(self):
        left = [60_000, RESERVE_MILLISECONDS, RESERVE_MILLISECONDS - 1]
        with self.assertRaisesRegex(RuntimeError, "does not take writes yet"):
            wait(lambda: left.pop(0), lambda: False, lambda _: None)
        self.assertEqual(left, [])

    def test_an_edge_that_is_not_there_says_no(self):
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertFalse(takes_writes("127.0.0.1", "localhost", "/bundler-region"))


if __name__ == "__main__":
    unittest.main()
