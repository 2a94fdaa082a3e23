import unittest

from bundler_role import GONE, SILENT, Role


class RoleTest(unittest.TestCase):
    def role(self, *answers):
        role = Role(hold=3, fresh=1)
        for now, answer in answers:
            role.heard(now, answer)
        return role

    def test_is_no_primary_before_anything_was_heard(self):
        self.assertFalse(self.role().is_primary(0))

    def test_is_what_patroni_says(self):
        self.assertTrue(self.role((0, 200)).is_primary(0.2))
        self.assertFalse(self.role((0, 200), (0.2, 503)).is_primary(0.3))

    def test_outlives_a_patroni_that_is_gone_and_one_that_has_just_come_back(self):
        self.assertTrue(self.role((0, 200), (0.2, GONE), (2.8, GONE)).is_primary(2.9))
        self.assertTrue(self.role((0, 200), (0.2, GONE), (1.4, 503), (2.8, 503)).is_primary(2.9))

    def test_does_not_outlive_it_for_longer_than_it_may(self):
        self.assertFalse(self.role((0, 200), (0.2, GONE), (3.1, GONE)).is_primary(3.2))
        self.assertFalse(self.role((0, 200), (0.2, GONE), (3.1, GONE), (3.3, 503)).is_primary(3.4))

    def test_does_not_hold_what_a_standby_never_was(self):
        self.assertFalse(self.role((0, 503), (0.2, GONE)).is_primary(0.3))

    def test_forgets_that_patroni_was_gone_once_it_said_yes_again(self):
        self.assertFalse(self.role((0, 200), (0.2, GONE), (1.5, 200), (2, 503)).is_primary(2.1))

    def test_a_patroni_that_hangs_is_no_primary(self):
        self.assertFalse(self.role((0, 200), (1.2, SILENT)).is_primary(1.3))

    def test_never_answers_with_old_news(self):
        self.assertFalse(self.role((0, 200)).is_primary(1.1))


if __name__ == "__main__":
    unittest.main()
