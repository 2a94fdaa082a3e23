import contextlib
import io
import socket
import struct
import threading
import time
import unittest

from bundler_role import GONE, SILENT, Role, Server, handler


class RoleTest(unittest.TestCase):
    def role(self, *answers):
        role = Role(hold=3, fresh=1)
        for now, answer in answers:
            role.heard(now, answer)
        return role

    def test_is_no_primary_before_anything_was_heard(self):
        self.assertEqual(self.role().status(0), 503)

    def test_is_what_patroni_says(self):
        self.assertEqual(self.role((0, 200)).status(0.2), 200)
        self.assertEqual(self.role((0, 200), (0.2, 503)).status(0.3), 404)

    def test_outlives_a_patroni_that_is_gone_and_one_that_has_just_come_back(self):
        self.assertEqual(self.role((0, 200), (0.2, GONE), (2.8, GONE)).status(2.9), 200)
        self.assertEqual(self.role((0, 200), (0.2, GONE), (1.4, 503), (2.8, 503)).status(2.9), 200)

    def test_does_not_outlive_it_for_longer_than_it_may(self):
        self.assertEqual(self.role((0, 200), (0.2, GONE), (3.1, GONE)).status(3.2), 503)
        self.assertEqual(self.role((0, 200), (0.2, GONE), (3.1, GONE), (3.3, 503)).status(3.4), 404)

    def test_does_not_hold_what_a_standby_never_was(self):
        self.assertEqual(self.role((0, 503), (0.2, GONE)).status(0.3), 503)

    def test_forgets_that_patroni_was_gone_once_it_said_yes_again(self):
        self.assertEqual(self.role((0, 200), (0.2, GONE), (1.5, 200), (2, 503)).status(2.1), 404)

    def test_a_patroni_that_hangs_is_no_primary(self):
        self.assertEqual(self.role((0, 200), (1.2, SILENT)).status(1.3), 503)

    def test_says_no_from_the_moment_that_a_stop_is_marked_until_patroni_says_yes_anew(self):
        role = self.role((0, 200))
        role.stopping = True
        self.assertEqual(role.status(0.1), 404)
        role.heard(0.2, 503)
        role.heard(0.4, 200)
        self.assertEqual(role.status(0.5), 200)

    def test_a_primary_of_a_region_that_may_not_take_writes_fails_its_checks(self):
        role = self.role((0, 200))
        role.closed = True
        self.assertEqual(role.status(0.1), 503)
        role.closed = False
        self.assertEqual(role.status(0.2), 200)

    def test_never_answers_with_old_news(self):
        self.assertEqual(self.role((0, 200)).status(1.1), 503)

    def test_says_nothing_of_a_check_that_was_given_up_and_all_of_a_fault_of_its_own(self):
        def said(path, status):
            role = Role(hold=3, fresh=1)
            role.directory = "/"
            server = Server(("127.0.0.1", 0), handler(role, status))
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            with contextlib.redirect_stderr(io.StringIO()) as errors:
                with socket.create_connection(server.server_address) as client:
                    client.sendall(path)
                    # Closed with a reset, as a proxy ends a check.
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    time.sleep(0.1)
                time.sleep(0.2)
                server.shutdown()
                server.server_close()
            return errors.getvalue()

        self.assertEqual(said(b"GET /pri", lambda now: 200), "")
        self.assertIn("ZeroDivisionError", said(b"GET /primary HTTP/1.0\r\n\r\n", lambda now: 1 // 0))


if __name__ == "__main__":
    unittest.main()
