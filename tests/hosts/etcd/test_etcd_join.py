import http.server
import json
import os
import pwd
import socket
import tempfile
import threading
import unittest
from unittest import mock

import etcd_join
from etcd_join import Cluster, decide, initial_cluster

ME = "https://10.0.0.1:2380"
RUNNING = {"ID": "11", "name": "redis-1", "peerURLs": [ME], "clientURLs": ["https://10.0.0.1:2379"]}
OTHER = {"ID": "22", "name": "redis-2", "peerURLs": ["https://10.0.0.2:2380"], "clientURLs": ["https://10.0.0.2:2379"]}


class Decide(unittest.TestCase):
    def test_a_member_with_its_data_only_continues(self):
        self.assertEqual(decide("redis-1", ME, True, [OTHER]), ("start", None))

    def test_there_is_no_cluster_before_the_first_bootstrap(self):
        self.assertEqual(decide("redis-1", ME, False, None), ("new", None))

    def test_the_third_host_of_a_first_bootstrap_is_known_but_has_never_run(self):
        self.assertEqual(decide("redis-1", ME, False, [{**RUNNING, "clientURLs": []}, OTHER]), ("new", None))

    def test_a_member_that_lost_its_disk_is_replaced(self):
        self.assertEqual(decide("redis-1", ME, False, [OTHER, RUNNING]), ("replace", "11"))

    def test_an_interrupted_replacement_goes_on(self):
        self.assertEqual(decide("redis-1", ME, False, [OTHER, {"ID": "33", "peerURLs": [ME]}]), ("resume", None))
        self.assertEqual(decide("redis-1", ME, False, [OTHER]), ("add", None))

    def test_initial_cluster_names_the_new_member_by_its_address(self):
        self.assertEqual(
            initial_cluster("redis-1", ME, [{"ID": "33", "peerURLs": [ME]}, OTHER]),
            "redis-1=https://10.0.0.1:2380,redis-2=https://10.0.0.2:2380",
        )


class FakeCluster(http.server.BaseHTTPRequestHandler):
    """A gateway with a member list; `fail` makes it answer like a member without a quorum."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server, action = self.server, self.path.rsplit("/", 1)[1]
        if action == "remove":
            server.members = [one for one in server.members if one["ID"] != body["ID"]]
        if action == "add":
            server.members.append({"ID": "99", "peerURLs": body["peerURLs"]})
        server.actions.append(action)
        self.reply(503 if server.fail else 200, {"members": server.members})

    def do_GET(self):
        """A member's own list, as peers get it."""
        self.reply(200, self.server.own_list)

    def reply(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Join(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), FakeCluster)
        self.server.members, self.server.actions, self.server.fail, self.server.own_list = [RUNNING, OTHER], [], False, [RUNNING, OTHER]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        port = self.server.server_port
        self.template, self.target = os.path.join(self.directory.name, "template"), os.path.join(self.directory.name, "target")
        settings = {
            "name": "redis-1",
            "data-dir": os.path.join(self.directory.name, "data"),
            "advertise-client-urls": f"http://10.0.0.1:{port}",
            "initial-advertise-peer-urls": ME,
            "initial-cluster": f"redis-1={ME},redis-2=http://127.0.0.1:{port}",
            "initial-cluster-state": "new",
            "client-transport-security": {},
        }
        with open(self.template, "w") as file:
            json.dump(settings, file)

        def without_tls(cluster, urls, _security):
            cluster.urls, cluster.context = urls, None

        for patch in (mock.patch.object(Cluster, "__init__", without_tls), mock.patch("builtins.print")):
            patch.start()
            self.addCleanup(patch.stop)
        self.user = pwd.getpwuid(os.getuid()).pw_name

    def join(self):
        return etcd_join.main(self.template, self.target, self.user)

    def written(self):
        with open(self.target) as file:
            return json.load(file)

    def test_a_lost_disk_leaves_and_joins_anew(self):
        self.assertEqual(self.join(), 0)
        self.assertEqual(self.server.actions, ["list", "remove", "add", "list"])
        self.assertEqual(self.written()["initial-cluster-state"], "existing")
        self.assertIn(f"redis-1={ME}", self.written()["initial-cluster"])

    def test_a_member_with_data_asks_nobody(self):
        os.makedirs(os.path.join(self.directory.name, "data/member/wal"))
        self.assertEqual(self.join(), 0)
        self.assertEqual(self.server.actions, [])

    def test_without_a_quorum_it_waits(self):
        self.server.fail = True
        self.assertEqual(self.join(), etcd_join.WAIT)
        self.assertFalse(os.path.exists(self.target))

    def test_a_member_that_waits_for_the_first_bootstrap_too_is_no_cluster(self):
        self.server.fail, self.server.own_list = True, [{**RUNNING, "clientURLs": []}, {**OTHER, "clientURLs": []}]
        self.assertEqual(self.join(), 0)
        self.assertEqual(self.written()["initial-cluster-state"], "new")

    def test_a_member_that_takes_the_connection_and_is_silent_has_no_quorum(self):
        with socket.create_server(("127.0.0.1", 0)) as silent, mock.patch.object(etcd_join, "ANSWER_SECONDS", 0.2):
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            cluster = Cluster([(url, url)], None)
            self.assertRaises(TimeoutError, cluster.members)

    def test_nobody_there_is_no_answer(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self.assertEqual(Cluster([(f"http://127.0.0.1:{port}",) * 2], None).members(), (None, None))


if __name__ == "__main__":
    unittest.main()
