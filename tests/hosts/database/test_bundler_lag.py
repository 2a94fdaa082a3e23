import unittest

from bundler_lag import Lag, longest, say

SETTINGS = {"lookSeconds": 2, "looks": 4}
METRIC = {"namespace": "Bundler", "metric": "DatabaseLag", "dimension": {"Name": "Stack", "Value": "bundler-level3"}}


class LagTest(unittest.TestCase):
    def test_is_nothing_where_the_other_region_has_everything(self):
        lag = Lag()
        self.assertEqual(lag.seconds(10, 100, 100), 0)
        self.assertEqual(lag.seconds(20, 100, 100), 0)

    def test_is_the_age_of_the_newest_moment_that_the_other_region_has(self):
        lag = Lag()
        lag.seconds(0, 100, 100)
        self.assertEqual(lag.seconds(2, 200, 100), 2)
        self.assertEqual(lag.seconds(4, 300, 199), 4)
        self.assertEqual(lag.seconds(6, 400, 200), 4)
        self.assertEqual(lag.seconds(8, 400, 400), 0)

    def test_of_rows_that_come_all_the_time_is_a_look_however_much_is_written(self):
        lag = Lag()
        lag.seconds(0, 0, 0)
        for look in range(1, 1000):
            self.assertEqual(lag.seconds(2 * look, 100 * look, 100 * look - 1), 2)

    def test_grows_while_nobody_follows_also_where_nothing_is_written(self):
        lag = Lag()
        lag.seconds(0, 100, 100)
        self.assertEqual([lag.seconds(now, 100, None) for now in (2, 4, 6)], [2, 4, 6])
        self.assertEqual(lag.seconds(8, 100, 100), 0)

    def test_is_not_known_before_the_other_region_has_had_what_was_there_at_the_first_look(self):
        lag = Lag()
        self.assertEqual([lag.seconds(now, 100 + now, had) for now, had in ((0, None), (2, 50), (4, 99), (6, 101))], [None, None, None, 6])

    def test_is_never_said_too_short_after_a_long_absence(self):
        lag = Lag()
        lag.seconds(0, 0, 0)
        for look in range(1, 10_000):
            lag.seconds(2 * look, look, None)
        self.assertLess(len(lag.marks), 3000)
        self.assertEqual(lag.seconds(20_000, 10_000, 5), 20_000)
        self.assertEqual(lag.seconds(20_002, 10_000, 9_999), 20_002 - 2 * 9_999)
        self.assertEqual(lag.seconds(20_004, 10_000, 10_000), 0)


class RoundTest(unittest.TestCase):
    def setUp(self):
        self.at = 0.0

    def pause(self, seconds):
        self.at += seconds

    def longest(self, lag, *found):
        rows = iter(found)
        return longest(SETTINGS, lambda: next(rows), lag, lambda: self.at, self.pause)

    def test_says_the_longest_of_its_looks(self):
        self.assertEqual(self.longest(Lag(), (1, 1), (2, 1), (3, 1), (4, 4)), 4)
        self.assertEqual(self.longest(Lag(), (1, 1), (1, 1), (1, 1), (1, 1)), 0)

    def test_leaves_out_the_first_which_comes_late_after_a_region_that_did_not_answer(self):
        lag = Lag()
        self.longest(lag, (1, 1), (2, 2), (3, 3), (4, 4))
        self.at += 8
        self.assertEqual(self.longest(lag, (6, 5), (7, 6), (7, 7), (7, 7)), 2)

    def test_says_nothing_where_clients_do_not_write_and_forgets_what_was_before(self):
        lag = Lag()
        self.assertIsNone(self.longest(lag, False, False, None, None))
        self.longest(lag, (1, 1), (1, 1), (1, 1), (1, 1))
        self.assertIsNone(self.longest(lag, None, (2, None), (2, None), (2, None)))


class Client:
    def __init__(self, fault=None):
        self.fault, self.said = fault, []

    def put_metric_data(self, **values):
        if self.fault is not None:
            raise self.fault
        self.said.append(values)


class SayingTest(unittest.TestCase):
    def test_tells_both_regions_also_when_the_first_does_not_answer(self):
        lost, other = Client(OSError("no route")), Client()
        self.assertEqual(say([lost, other], METRIC, 1.5), "no route")
        self.assertEqual(
            other.said,
            [
                {
                    "Namespace": "Bundler",
                    "MetricData": [
                        {"MetricName": "DatabaseLag", "Dimensions": [{"Name": "Stack", "Value": "bundler-level3"}], "Value": 1.5, "Unit": "Seconds"}
                    ],
                }
            ],
        )
        self.assertEqual(say([other, other], METRIC, 0), "")


if __name__ == "__main__":
    unittest.main()
