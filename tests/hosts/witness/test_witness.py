import base64
import http.server
import json
import os
import socket
import tempfile
import threading
import time
import unittest

from witness import Etcd, Watch, Witness, count_votes, may_end, suspects, watch

plain = lambda text: base64.b64decode(text).decode()
coded = lambda text: base64.b64encode(text.encode()).decode()


class Decisions(unittest.TestCase):
    def test_silence_counts_from_its_first_miss(self):
        one = watch(Watch("db-1", 7), "db-1", 7, False, 100.0)
        two = watch(one, "db-1", 7, False, 101.4)
        self.assertEqual(two.unseen_since, 100.0)
        self.assertFalse(suspects(two, 101.4, 1.5))
        self.assertTrue(suspects(watch(two, "db-1", 7, False, 101.5), 101.5, 1.5))

    def test_one_answer_clears_suspicion(self):
        self.assertIsNone(watch(Watch("db-1", 7, 100.0), "db-1", 7, True, 101.0).unseen_since)

    def test_another_leader_or_tenure_starts_clear(self):
        for leader, tenure in (("db-2", 8), ("db-1", 8)):
            self.assertEqual(watch(Watch("db-1", 7, 100.0), leader, tenure, False, 200.0).unseen_since, 200.0)

    def test_no_leader_is_nobody_to_suspect(self):
        self.assertFalse(suspects(watch(Watch("db-1", 7, 1.0), None, None, False, 99.0), 99.0, 1.5))

    def test_a_vote_about_an_earlier_tenure_does_not_count(self):
        self.assertEqual(count_votes([("a", "7"), ("b", "6"), ("c", "7")], 7), 2)

    def test_the_lease_is_ended_only_by_quorum_with_a_synchronous_standby_of_this_leader(self):
        sync = {"leader": "db-1", "sync_standby": "db-2"}
        self.assertTrue(may_end("db-1", 2, 2, sync))
        self.assertFalse(may_end("db-1", 1, 2, sync))
        self.assertFalse(may_end("db-1", 3, 2, {**sync, "leader": "db-3"}))
        self.assertFalse(may_end("db-1", 3, 2, {**sync, "sync_standby": None}))
        self.assertFalse(may_end("db-1", 3, 2, {}))


class Store:
    """etcd's data model as far as a witness can see it."""

    def __init__(self):
        self.lock, self.revision, self.keys, self.transactions = threading.Lock(), 1, {}, []
        self.left = {"grantedTTL": "20", "TTL": "18"}

    def put(self, key, value):
        self.revision += 1
        created = self.keys[key]["create_revision"] if key in self.keys else str(self.revision)
        self.keys[key] = {"key": coded(key), "value": coded(value), "create_revision": created, "mod_revision": str(self.revision)}

    def holds(self, one):
        found = self.keys.get(plain(one["key"]), {"value": None, "create_revision": "0", "mod_revision": "0"})
        field = {"VALUE": "value", "CREATE": "create_revision", "MOD": "mod_revision"}[one["target"]]
        return one["result"] == "EQUAL" and found[field] == one[field]

    def answer(self, path, body):
        with self.lock:
            if path == "kv/range":
                start, end = plain(body["key"]), plain(body["range_end"]) if "range_end" in body else None
                found = [kv for key, kv in sorted(self.keys.items()) if (key == start if end is None else start <= key < end)]
                return {"kvs": found} if found else {}
            if path == "lease/timetolive":
                return self.left
            if path == "lease/grant":
                return {"ID": "5"}
            if path == "kv/put":
                self.put(plain(body["key"]), plain(body["value"]))
                return {}
            if path == "kv/txn":
                done = all(self.holds(one) for one in body["compare"])
                self.transactions.append(done)
                for step in body["success"] if done else []:
                    if "request_put" in step:
                        self.put(plain(step["request_put"]["key"]), plain(step["request_put"]["value"]))
                    else:
                        del self.keys[plain(step["request_delete_range"]["key"])]
                return {"succeeded": True} if done else {}
            raise AssertionError(path)


class Gateway(http.server.BaseHTTPRequestHandler):
    disable_nagle_algorithm = True
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        content = json.dumps(self.server.store.answer(self.path.removeprefix("/v3/"), body)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Ballot(unittest.TestCase):
    def setUp(self):
        self.store = Store()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
        self.server.daemon_threads = True
        self.server.store = self.store
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.primary = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(lambda: self.primary.close())
        self.port = self.primary.getsockname()[1]
        with socket.create_server(("127.0.0.1", 0)) as closed:
            self.nobody = closed.getsockname()[1]
        self.store.put("/service/bundler/leader", "db-1")
        self.store.put("/service/bundler/members/db-1", json.dumps({"conn_url": f"postgres://127.0.0.1:{self.port}/postgres"}))
        self.sync("db-2")

    def silence(self):
        """The primary's port neither accepts nor refuses from now on, as a lost host's: its queue of connections is full."""
        self.primary.close()
        self.primary = socket.create_server(("127.0.0.1", self.port), backlog=0)
        while True:
            try:
                self.addCleanup(socket.create_connection(("127.0.0.1", self.port), 0.1).close)
            except TimeoutError:
                return

    def sync(self, standby):
        self.store.put("/service/bundler/sync", json.dumps({"leader": "db-1", "sync_standby": standby}))

    def witness(self, name):
        settings = {
            "name": name, "prefix": "/service/bundler/", "port": self.port, "probeTimeoutMilliseconds": 30,
            "probeIntervalMilliseconds": 20, "verdictMilliseconds": 100, "renewalOverdueSeconds": 7, "quorum": 2, "voteLeaseSeconds": 2,
            "metricsFile": os.path.join(self.directory.name, name),
        }
        # The first endpoint never answers: a witness whose own etcd member is down goes on with another.
        endpoints = [{"address": "127.0.0.1", "port": self.nobody}, {"address": "127.0.0.1", "port": self.server.server_port}]
        made = Witness(settings, Etcd(endpoints, None), log=lambda *_: None)
        self.addCleanup(lambda: made.etcd.connection and made.etcd.connection.close())
        return made

    def rounds(self, witnesses, count=12):
        ended = 0
        for _ in range(count):
            ended += sum(int(one.round()) for one in witnesses)
            time.sleep(0.02)
        return ended

    def test_a_primary_that_answers_keeps_its_lease(self):
        self.assertEqual(self.rounds([self.witness("a"), self.witness("b")]), 0)
        self.assertEqual(self.store.transactions, [])

    def test_a_primary_whose_host_refuses_keeps_its_lease(self):
        self.primary.close()
        self.assertEqual(self.rounds([self.witness("a"), self.witness("b")]), 0)
        self.assertEqual(self.store.transactions, [])

    def test_two_witnesses_end_a_lost_primarys_lease_once_and_rewrite_sync(self):
        witnesses = [self.witness("a"), self.witness("b"), self.witness("c")]
        self.rounds(witnesses, 2)
        before = self.store.keys["/service/bundler/sync"]
        self.silence()
        self.assertEqual(self.rounds(witnesses), 1)
        after = self.store.keys["/service/bundler/sync"]
        self.assertNotIn("/service/bundler/leader", self.store.keys)
        self.assertEqual(after["value"], before["value"])
        self.assertGreater(int(after["mod_revision"]), int(before["mod_revision"]))
        self.assertEqual(sum(one.metrics.values["leases_ended_total"] for one in witnesses), 1)

    def test_two_witnesses_end_the_lease_of_a_primary_that_stands_still(self):
        """Its kernel takes connections, and nobody renews."""
        self.store.left["TTL"] = "14"
        self.assertEqual(self.rounds([self.witness("a"), self.witness("b")]), 0)
        self.store.left["TTL"] = "13"
        self.assertEqual(self.rounds([self.witness("a"), self.witness("b")]), 1)
        self.assertNotIn("/service/bundler/leader", self.store.keys)

    def test_a_lease_that_was_prolonged_by_etcd_or_has_ended_is_not_overdue(self):
        """A new leader of etcd gives every lease its time anew, and more; of one that has ended etcd says -1 and no grant."""
        for left in ({"grantedTTL": "20", "TTL": "29"}, {"TTL": "-1"}):
            self.store.left = left
            self.assertEqual(self.rounds([self.witness("a"), self.witness("b")]), 0)

    def test_one_witness_alone_ends_nothing(self):
        self.silence()
        self.assertEqual(self.rounds([self.witness("a")]), 0)
        self.assertIn("/service/bundler/leader", self.store.keys)

    def test_without_a_synchronous_standby_nothing_is_ended(self):
        self.sync(None)
        self.silence()
        self.assertEqual(self.rounds([self.witness("a"), self.witness("b")]), 0)
        self.assertIn("/service/bundler/leader", self.store.keys)

    def test_metrics_are_a_prometheus_text_file(self):
        one = self.witness("a")
        one.round()
        one.metrics.write(time.monotonic(), force=True)
        with open(one.metrics.path) as file:
            text = file.read()
        self.assertIn("# TYPE bundler_witness_leases_ended_total counter\nbundler_witness_leases_ended_total 0\n", text)


if __name__ == "__main__":
    unittest.main()
