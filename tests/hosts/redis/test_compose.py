import os
import pwd
import tempfile
import unittest
from unittest import mock

import compose
import topology
from compose import fill, learnt, secrets, stored_master, stored_monitor

SENTINEL = """port 0
sentinel myid 0123456789012345678901234567890123456789
sentinel monitor bundler-cache 10.0.0.3 6379 2
sentinel down-after-milliseconds bundler-cache 1000
sentinel config-epoch bundler-cache 4
sentinel known-replica bundler-cache 10.0.0.1 6379
sentinel known-sentinel bundler-cache 10.0.0.2 26379 abc
sentinel config-epoch gone 9
sentinel current-epoch 5
user default on nopass
"""


class Pure(unittest.TestCase):
    def test_fill_replaces_each_name_and_refuses_an_unknown_one(self):
        self.assertEqual(fill("a @x@ @master:m-1@", {"x": "1", "master:m-1": "h"}), "a 1 h")
        self.assertRaises(KeyError, fill, "@y@", {"x": "1"})

    def test_what_an_instance_followed(self):
        self.assertEqual(stored_master("port 0\nreplicaof 10.0.0.3 6379\n", "me"), "10.0.0.3")
        self.assertEqual(stored_master("port 0\n", "me"), "me")
        self.assertIsNone(stored_master(None, "me"))

    def test_only_what_sentinel_learnt_about_present_masters_is_kept(self):
        self.assertEqual(
            learnt(SENTINEL, ["bundler-cache"]),
            [
                "sentinel config-epoch bundler-cache 4",
                "sentinel known-replica bundler-cache 10.0.0.1 6379",
                "sentinel known-sentinel bundler-cache 10.0.0.2 26379 abc",
                "sentinel current-epoch 5",
            ],
        )
        self.assertEqual(stored_monitor(SENTINEL, "bundler-cache"), "10.0.0.3")
        self.assertIsNone(stored_monitor(None, "bundler-cache"))


class Files(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        for name, text in {
            "password": "secret1\n", "bad": "has space\n", "template": "tls-port 1\nmasterauth @replica@\n",
            "acl": "user replica on #@replica:sha256@\n", "sentinel-template": "sentinel myid 1\nsentinel monitor m @master:m@ 1 2\nsentinel auth-pass m @sentinel@\n",
        }.items():
            with open(self.path(name), "w") as file:
                file.write(text)
        patch = mock.patch("builtins.print")
        patch.start()
        self.addCleanup(patch.stop)
        os.mkdir(self.path("data"))
        self.shared = {
            "address": "10.0.0.1", "initialMaster": "10.0.0.1", "peers": ["10.0.0.2"], "sentinelPort": 1,
            "owner": pwd.getpwuid(os.getuid()).pw_name, "directory": self.path("data"),
        }

    def path(self, name):
        return os.path.join(self.directory.name, name)

    def compose(self, reports=(), keys=False):
        settings = {
            **self.shared, "kind": "instance", "master": "m", "port": 1, "template": self.path("template"), "target": self.path("redis.conf"),
            "aclTemplate": self.path("acl"), "aclTarget": self.path("users.acl"),
            "passwordFiles": {"replica": self.path("password"), "sentinel": self.path("password")},
        }
        with mock.patch.object(topology, "reports", return_value=list(reports)), mock.patch.object(topology, "peers_hold_keys", return_value=keys):
            return compose.compose_instance(settings, None)

    def sentinel(self):
        settings = {
            **self.shared, "kind": "sentinel", "masters": ["m"], "template": self.path("sentinel-template"), "target": self.path("sentinel.conf"),
            "passwordFiles": {"sentinel": self.path("password")},
        }
        with mock.patch.object(topology, "reports", return_value=[(3, "10.0.0.2")]):
            return compose.compose_sentinel(settings, None)

    def read(self, name):
        with open(self.path(name)) as file:
            return file.read()

    def test_a_password_that_would_need_quoting_is_refused(self):
        self.assertRaises(ValueError, secrets, {"x": self.path("bad")})

    def test_first_boot_starts_as_master_and_the_file_is_private(self):
        self.assertEqual(self.compose(), 0)
        self.assertEqual(self.read("redis.conf"), "tls-port 1\nmasterauth secret1\n")
        self.assertEqual(os.stat(self.path("redis.conf")).st_mode & 0o777, 0o600)
        self.assertNotIn("secret1", self.read("users.acl"))

    def test_a_changed_template_arrives_and_the_followed_master_is_kept(self):
        self.compose([(1, "10.0.0.2")])
        self.assertEqual(self.read("redis.conf"), "tls-port 1\nmasterauth secret1\nreplicaof 10.0.0.2 1\n")
        with open(self.path("template"), "w") as file:
            file.write("tls-port 1\nmaxmemory 5mb\n")
        self.compose()
        self.assertEqual(self.read("redis.conf"), "tls-port 1\nmaxmemory 5mb\nreplicaof 10.0.0.2 1\n")

    def test_an_empty_disk_waits_while_another_host_has_keys(self):
        self.assertEqual(self.compose([(1, "10.0.0.1")], keys=True), compose.WAIT)
        self.assertFalse(os.path.exists(self.path("redis.conf")))
        os.mkdir(self.path("data/appendonlydir"))
        self.assertEqual(self.compose([(1, "10.0.0.1")], keys=True), 0)

    def test_a_new_sentinel_asks_the_others_and_an_old_one_remembers(self):
        self.sentinel()
        self.assertIn("sentinel monitor m 10.0.0.2 1 2\n", self.read("sentinel.conf"))
        with open(self.path("sentinel.conf"), "w") as file:
            file.write("sentinel monitor m 10.0.0.9 1 2\nsentinel config-epoch m 8\nsentinel auth-pass m old\n")
        self.sentinel()
        text = self.read("sentinel.conf")
        self.assertIn("sentinel monitor m 10.0.0.9 1 2\n", text)
        self.assertIn("sentinel config-epoch m 8\n", text)
        self.assertIn("sentinel auth-pass m secret1\n", text)
        self.assertNotIn("old", text)


if __name__ == "__main__":
    unittest.main()
