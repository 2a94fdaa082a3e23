import base64
import unittest

from database_agent import difference, password_matches, scram_verifier


class Difference(unittest.TestCase):
    wanted = {"ttl": 20, "postgresql": {"use_slots": True, "parameters": {"max_connections": 200}}}

    def test_nothing_differs(self):
        self.assertEqual(difference(self.wanted, self.wanted), {})

    def test_a_changed_ttl_and_parameter_are_patched_alone(self):
        current = {"ttl": 30, "postgresql": {"use_slots": True, "parameters": {"max_connections": 100}}}
        self.assertEqual(difference(current, self.wanted), {"ttl": 20, "postgresql": {"parameters": {"max_connections": 200}}})

    def test_a_parameter_that_the_file_lost_is_removed(self):
        current = {"ttl": 20, "postgresql": {"use_slots": True, "parameters": {"max_connections": 200, "work_mem": "4MB"}}}
        self.assertEqual(difference(current, self.wanted), {"postgresql": {"parameters": {"work_mem": None}}})

    def test_an_operators_pause_is_left_alone(self):
        self.assertEqual(difference({**self.wanted, "pause": True}, self.wanted), {})

    def test_an_empty_cluster_configuration_gets_everything(self):
        self.assertEqual(difference({"postgresql": None}, self.wanted), self.wanted)


class Scram(unittest.TestCase):
    def test_the_verifier_is_the_one_of_rfc_7677(self):
        # RFC 7677 section 3: user "user", password "pencil", this salt, 4096 rounds; ServerKey proves v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=
        import hashlib, hmac
        salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
        message = (
            "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        )
        verifier = scram_verifier("pencil", salt)
        server_key = base64.b64decode(verifier.split(":")[-1])
        self.assertEqual(base64.b64encode(hmac.digest(server_key, message.encode(), hashlib.sha256)).decode(), "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")

    def test_only_the_right_password_matches(self):
        verifier = scram_verifier("right", b"0123456789abcdef", 1000)
        self.assertTrue(password_matches(verifier, "right"))
        self.assertFalse(password_matches(verifier, "wrong"))

    def test_no_password_and_md5_do_not_match(self):
        for stored in (None, "", "md5abcdef", "a$b$c"):
            self.assertFalse(password_matches(stored, "right"))


if __name__ == "__main__":
    unittest.main()
