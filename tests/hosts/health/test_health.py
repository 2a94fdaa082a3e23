import socket
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


if __name__ == "__main__":
    unittest.main()
