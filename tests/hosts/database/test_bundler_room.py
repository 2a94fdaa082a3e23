import os
import tempfile
import unittest

from bundler_room import candidate, give_reserve, is_short, keep_reserve

SHARE = 0.02
CLUSTER = {
    "members": [
        {"name": "db-1", "role": "leader", "host": "10.0.0.1"},
        {"name": "db-2", "role": "sync_standby", "host": "10.0.0.2"},
        {"name": "db-3", "role": "replica", "host": "10.0.0.3"},
    ]
}


class Room(unittest.TestCase):
    def test_is_short_below_its_share(self):
        self.assertTrue(is_short(1, 100, SHARE))
        self.assertFalse(is_short(2, 100, SHARE))

    def test_goes_to_the_synchronous_standby_with_room(self):
        asked = []
        self.assertEqual(candidate(CLUSTER, "db-1", lambda address: asked.append(address) or (50, 100), SHARE), "db-2")
        self.assertEqual(asked, ["10.0.0.2"])

    def test_stays_when_the_standby_is_as_short_or_soon_will_be(self):
        self.assertIsNone(candidate(CLUSTER, "db-1", lambda _: (3, 100), SHARE))

    def test_a_reserve_is_kept_once_and_given_back_once(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "reserve")
            keep_reserve(path, 4096)
            keep_reserve(path, 4096)
            self.assertEqual(os.path.getsize(path), 4096)
            give_reserve(path)
            give_reserve(path)
            self.assertFalse(os.path.exists(path))

    def test_only_the_leader_hands_over(self):
        self.assertIsNone(candidate(CLUSTER, "db-2", lambda _: (50, 100), SHARE))

    def test_without_a_synchronous_standby_it_stays(self):
        alone = {"members": CLUSTER["members"][::2]}
        self.assertIsNone(candidate(alone, "db-1", lambda _: (50, 100), SHARE))


if __name__ == "__main__":
    unittest.main()
