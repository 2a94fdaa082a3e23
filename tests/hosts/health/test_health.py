import json
import socket
import tempfile
import unittest
from unittest import mock

import bundler_health


class Health(unittest.TestCase):
    def test_one_answer_is_enough(self):
        with mock.patch.object(bundler_health, "answers", side_effect=[False, False, True]):
            self.assertFalse(bundler_health.hung("http://127.0.0.1/health", pause=0))

    def test_nobody_listening_is_hung(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.assertTrue(bundler_health.hung(f"http://127.0.0.1:{port}/health", attempts=2, pause=0))

    def test_only_one_that_hangs_and_did_not_just_start_is_killed(self):
        killed, asked = [], []

        def hung(url, authority):
            asked.append(url)
            return url == "http://hung"

        def run(argv, **_):
            killed.append(argv[-1])

        with mock.patch.multiple(bundler_health, hung=hung, started_long_ago=lambda unit: unit != "young.service"), mock.patch.object(
            bundler_health.subprocess, "run", run
        ):
            for unit, url in (("well.service", "http://well"), ("young.service", "http://hung"), ("one.service", "http://hung")):
                bundler_health.look(unit, url, None)
        self.assertEqual(killed, ["one.service"])
        self.assertEqual(asked, ["http://well", "http://hung"])

    def test_a_watch_that_ends_ends_the_program(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"lookSeconds": 0.01, "watched": [{"unit": "one.service", "url": "http://one", "authority": None}]}, file)
            file.flush()
            with mock.patch.object(bundler_health, "look", side_effect=OSError), mock.patch.object(bundler_health.threading, "excepthook"):
                with self.assertRaisesRegex(SystemExit, "a watch has ended"):
                    bundler_health.main(file.name)


if __name__ == "__main__":
    unittest.main()
