import socketserver
import threading
import unittest

import resp
import topology
from topology import choose_master, latest

ME, FIRST, OTHER = "10.0.0.2", "10.0.0.1", "10.0.0.3"


class ChooseMaster(unittest.TestCase):
    def test_first_boot_follows_the_first_host(self):
        self.assertEqual(choose_master(ME, FIRST, None, None, True, False), FIRST)
        self.assertEqual(choose_master(FIRST, FIRST, None, None, True, False), FIRST)

    def test_a_replaced_first_host_joins_the_master_that_sentinels_name(self):
        self.assertEqual(choose_master(FIRST, FIRST, OTHER, None, True, True), OTHER)

    def test_sentinels_outweigh_what_the_host_remembers(self):
        self.assertEqual(choose_master(ME, FIRST, OTHER, ME, False, False), OTHER)

    def test_without_sentinels_the_host_remembers(self):
        self.assertEqual(choose_master(ME, FIRST, None, ME, False, False), ME)
        self.assertEqual(choose_master(FIRST, FIRST, None, OTHER, False, False), OTHER)

    def test_an_empty_disk_never_becomes_master_over_keys(self):
        for named in (None, FIRST):
            self.assertIsNone(choose_master(FIRST, FIRST, named, None, True, True))

    def test_a_master_that_restarts_with_its_disk_stays_master(self):
        self.assertEqual(choose_master(ME, FIRST, ME, ME, False, False), ME)

    def test_the_highest_epoch_is_right(self):
        self.assertEqual(latest([(3, FIRST), (12, OTHER), (4, FIRST)]), OTHER)
        self.assertIsNone(latest([]))


class Server(socketserver.ThreadingTCPServer):
    """Answers each command's first word with bytes from `answers`."""

    daemon_threads = True

    def __init__(self, answers):
        self.answers, self.seen = answers, []
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while line := self.rfile.readline():
            words = []
            for _ in range(int(line[1:])):
                size = int(self.rfile.readline()[1:])
                words.append(self.rfile.read(size + 2)[:-2].decode())
            self.server.seen.append(words)
            self.wfile.write(self.server.answers[words[0]])


def array(*words):
    return f"*{len(words)}\r\n".encode() + b"".join(f"${len(word)}\r\n{word}\r\n".encode() for word in words)


class Questions(unittest.TestCase):
    def serve(self, answers):
        server = Server(answers)
        self.addCleanup(server.stop)
        return server

    def test_a_sentinel_reports_its_master_and_epoch(self):
        server = self.serve({"SENTINEL": array("name", "bundler-cache", "ip", OTHER, "port", "6379", "config-epoch", "4")})
        found = topology.reports(["127.0.0.1"], server.server_address[1], "bundler-cache", None)
        self.assertEqual(found, [(4, OTHER)])
        self.assertEqual(server.seen, [["SENTINEL", "MASTER", "bundler-cache"]])

    def test_a_sentinel_that_does_not_know_and_a_host_that_is_down_are_no_answer(self):
        server = self.serve({"SENTINEL": b"-ERR No such master with that name\r\n"})
        port = server.server_address[1]
        self.assertEqual(topology.reports(["127.0.0.1", "127.0.0.2"], port, "bundler-cache", None), [])

    def test_keys_on_another_host_are_seen(self):
        text = "# Keyspace\r\ndb0:keys=3,expires=0"
        for answer, held in ((text, True), ("# Keyspace\r\n", False)):
            server = self.serve({"AUTH": b"+OK\r\n", "INFO": f"${len(answer)}\r\n{answer}\r\n".encode()})
            self.assertEqual(topology.peers_hold_keys(["127.0.0.1"], server.server_address[1], None, "pw"), held)
            self.assertEqual(server.seen[0], ["AUTH", "sentinel", "pw"])

    def test_all_kinds_of_answers(self):
        server = self.serve({"A": b"*4\r\n:5\r\n$-1\r\n*-1\r\n+x\r\n"})
        with resp.Connection("127.0.0.1", server.server_address[1], None, 1) as connection:
            self.assertEqual(connection.command("A"), [5, None, None, "x"])


if __name__ == "__main__":
    unittest.main()
