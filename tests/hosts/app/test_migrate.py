import unittest

from bundler_migrate import LOCK, releases, remembered, wait_for_lock

OLD, NEW = "a" * 64, "b" * 64


class Releases(unittest.TestCase):
    def test_a_database_without_a_comment_has_seen_none(self):
        self.assertEqual(releases(None), [])

    def test_a_release_that_was_migrated_is_known_also_after_newer_ones(self):
        comment = remembered(remembered(None, OLD), NEW)
        self.assertEqual(releases(comment), [OLD, NEW])

    def test_an_operator_s_own_words_are_no_release(self):
        self.assertEqual(releases("payments of the bundler"), [])

    def test_the_oldest_are_forgotten(self):
        comment = None
        for number in range(50):
            comment = remembered(comment, f"{number:064d}")
        self.assertEqual(len(releases(comment)), 20)
        self.assertEqual(releases(comment)[-1], f"{49:064d}")


class Cursor:
    """A database whose lock becomes free at the third asking."""

    def __init__(self):
        self.statements = []

    def execute(self, statement, values):
        self.statements.append((statement, values))

    def fetchone(self):
        return (len(self.statements) == 3,)


class Lock(unittest.TestCase):
    def test_it_is_asked_for_and_never_waited_for(self):
        cursor, pauses = Cursor(), []
        wait_for_lock(cursor, pauses.append)
        self.assertEqual(cursor.statements, [("SELECT pg_try_advisory_lock(%s)", (LOCK,))] * 3)
        self.assertEqual(len(pauses), 2)


if __name__ == "__main__":
    unittest.main()
