import os
import tempfile
import unittest

from bundler_region import SILENT, UNCLEAR, WAITS, WRITES, Parameters, Region, decide, newest, state_of

SETTINGS = {"site": "standby", "pollSeconds": 5, "settleSeconds": 3, "silentSeconds": 30, "standbyCluster": {"host": "10.0.0.1,10.0.0.2"}}


def decided(mine, role, other, unheard=0, follows=False, caught_up=False, closed=100):
    return decide(mine, role, other, unheard, follows, caught_up, closed, SETTINGS)[:2]


class WordTest(unittest.TestCase):
    def test_the_last_one_counts_wherever_it_was_written(self):
        self.assertEqual(newest(("primary", 1.0), None, ("standby", 2.0)), ("standby", 2.0))
        self.assertEqual(newest(("primary", 3.0), ("standby", 2.0)), ("primary", 3.0))
        self.assertIsNone(newest(None, None))


class StateTest(unittest.TestCase):
    def test_one_primary_is_enough_and_silence_is_of_all(self):
        self.assertEqual(state_of([None, (False, False), (True, False)]), WRITES)
        self.assertEqual(state_of([None, (False, True), (False, False)]), WAITS)
        self.assertEqual(state_of([None, (False, False)]), UNCLEAR)
        self.assertEqual(state_of([None, None]), SILENT)


class TakingOverTest(unittest.TestCase):
    def test_waits_for_a_region_that_still_takes_writes_however_long(self):
        self.assertEqual(decided(True, WAITS, WRITES, unheard=1000), (False, None))

    def test_takes_over_at_once_from_one_that_has_handed_over(self):
        self.assertEqual(decided(True, WAITS, WAITS), (False, "promote"))

    def test_takes_over_from_one_that_is_lost_only_after_a_failover_would_have_ended(self):
        for other in (SILENT, UNCLEAR):
            self.assertEqual(decided(True, WAITS, other, unheard=29), (False, None))
            self.assertEqual(decided(True, WAITS, other, unheard=30), (False, "promote"))

    def test_only_the_standby_leader_takes_over(self):
        self.assertEqual(decided(True, WRITES, SILENT, unheard=1000), (True, None))
        self.assertEqual(decided(True, UNCLEAR, WAITS), (True, None))


class HandingOverTest(unittest.TestCase):
    def test_keeps_clients_out_first_and_then_waits_for_the_last_row(self):
        self.assertEqual(decided(False, WRITES, WAITS, follows=True, caught_up=True, closed=1), (False, None))
        self.assertEqual(decided(False, WRITES, WAITS, follows=True, caught_up=False), (False, None))
        self.assertEqual(decided(False, WRITES, WAITS, follows=True, caught_up=True), (False, "follow"))

    def test_goes_on_taking_writes_when_the_other_is_there_and_does_not_follow(self):
        for other in (WAITS, UNCLEAR):
            self.assertEqual(decided(False, WRITES, other), (True, None))

    def test_keeps_clients_out_and_its_rows_when_the_other_takes_writes_already(self):
        for closed in (0, 100):
            self.assertEqual(decided(False, WRITES, WRITES, follows=True, caught_up=True, closed=closed), (False, None))

    def test_keeps_clients_out_and_its_rows_while_the_other_says_nothing(self):
        self.assertEqual(decided(False, WRITES, SILENT), (False, None))

    def test_a_host_that_does_not_lead_lets_nobody_in(self):
        for role in (WAITS, UNCLEAR, SILENT):
            self.assertEqual(decided(False, role, WRITES), (False, None))


class ParametersTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "word.json")
        self.words, self.at = [None, None], 0.0

    def parameters(self):
        return Parameters(lambda index: self.words[index], self.path, lambda: self.at)

    def test_a_host_that_has_just_started_hears_the_other_region_first(self):
        self.words = [("primary", 1.0), None]
        parameters = self.parameters()
        self.assertIsNone(parameters.read(30))
        self.at = 29
        self.assertIsNone(parameters.read(30))
        self.at = 30
        self.assertEqual(parameters.read(30), "primary")

    def test_believes_the_other_regions_later_word_and_keeps_it_when_that_one_is_gone(self):
        self.words = [("primary", 1.0), ("standby", 2.0)]
        parameters = self.parameters()
        self.assertEqual(parameters.read(30), "standby")
        self.words[1] = None
        self.assertEqual(parameters.read(30), "standby")
        again = self.parameters()
        self.at = 31
        self.assertEqual(again.read(30), "standby")

    def test_knows_nothing_until_somebody_has_said_something(self):
        parameters = self.parameters()
        self.at = 100
        self.assertIsNone(parameters.read(30))
        self.words[0] = ("primary", 1.0)
        self.assertEqual(parameters.read(30), "primary")


class World:
    def __init__(self, role, other, follower=(False, False)):
        self.is_role, self.is_other, self.is_follower = role, other, follower
        self.open, self.changes, self.asked = None, [], 0

    def role(self):
        return self.is_role

    def other(self):
        self.asked += 1
        return self.is_other

    def follower(self):
        return self.is_follower

    def let_in(self, is_open):
        self.open = is_open

    def change(self, standby_cluster):
        self.changes.append(standby_cluster)


class RegionTest(unittest.TestCase):
    def setUp(self):
        self.at = 0.0

    def region(self, world):
        return Region(SETTINGS, world, lambda: self.at)

    def test_counts_silence_from_the_word_on(self):
        world = World(WAITS, SILENT)
        region = self.region(world)
        region.step("primary")
        self.at = 1000
        region.step("primary")
        region.step("standby")
        self.assertEqual(world.changes, [])
        self.at = 1030
        region.step("standby")
        self.assertEqual((world.open, world.changes), (False, [None]))
        world.is_role = WRITES
        self.assertEqual(region.step("standby"), 5)
        self.assertTrue(world.open)

    def test_hands_over_in_order(self):
        world = World(WRITES, WAITS, (True, False))
        region = self.region(world)
        region.step("standby")
        self.assertTrue(world.open)
        region.step("primary")
        self.assertFalse(world.open)
        self.at = 5
        region.step("primary")
        self.assertEqual(world.changes, [])
        world.is_follower = (True, True)
        region.step("primary")
        self.assertEqual((world.open, world.changes), (False, [SETTINGS["standbyCluster"]]))

    def test_asks_the_other_region_nothing_while_all_is_as_it_should_be(self):
        for role, word in ((WRITES, "standby"), (WAITS, "primary"), (UNCLEAR, "standby")):
            world = World(role, SILENT)
            self.region(world).step(word)
            self.assertEqual(world.asked, 0)

    def test_does_nothing_while_nothing_is_known_or_the_word_is_no_site(self):
        for word in (None, "", "us-west-2", "primary standby"):
            world = World(WRITES, WAITS, (True, True))
            self.region(world).step(word)
            self.assertEqual((world.open, world.changes), (None, []))


if __name__ == "__main__":
    unittest.main()
