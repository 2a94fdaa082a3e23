import contextlib
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import unittest
from unittest import mock

import bundler_artifacts
import bundler_secrets
import bundler_volumes
from bundler_secrets import Missing, content_of, value_of, write_all

OWNER = "root:root"


def fetch_from(secrets):
    def fetch(name):
        if name not in secrets:
            raise Missing(f"{name} has no value yet")
        return secrets[name]

    return fetch


class Secrets(unittest.TestCase):
    fetch = staticmethod(fetch_from({"a": json.dumps({"KEY": 'v"a$l\\ue', "OTHER": "x"}), "wallet": '{"kty":"RSA"}'}))

    def test_a_key_or_the_whole_text(self):
        self.assertEqual(value_of({"secret": "a", "key": "OTHER"}, self.fetch), "x")
        self.assertEqual(value_of({"secret": "wallet"}, self.fetch), '{"kty":"RSA"}')

    def test_a_missing_key_is_missing_and_its_message_holds_no_value(self):
        with self.assertRaises(Missing) as missing:
            value_of({"secret": "a", "key": "NOPE"}, self.fetch)
        self.assertNotIn("v\"a", str(missing.exception))

    def test_environment_is_quoted_for_systemd(self):
        text = content_of({"environment": {"NAME": {"secret": "a", "key": "KEY"}}}, self.fetch)
        self.assertEqual(text, 'NAME="v\\"a\\$l\\\\ue"\n')

    def test_an_optional_variable_is_left_out_and_a_required_one_is_waited_for(self):
        optional = {"N": {"secret": "a", "key": "NOPE", "optional": True}, "M": {"secret": "b", "key": "NOPE", "optional": True}}
        self.assertEqual(content_of({"environment": optional}, self.fetch), "")
        with self.assertRaises(Missing):
            content_of({"environment": {"N": {"secret": "b", "key": "NOPE"}}}, self.fetch)

    def test_a_template(self):
        file = {"template": {"text": '"u" "{p}"\n', "values": {"p": {"secret": "a", "key": "OTHER"}}}}
        self.assertEqual(content_of(file, self.fetch), '"u" "x"\n')

    def test_files_have_their_mode_and_what_is_missing_is_said_without_values(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "sub", "wallet.json")
            files = [
                {"path": path, "mode": "0400", "owner": OWNER, "parts": [{"secret": "wallet"}]},
                {"path": os.path.join(directory, "no"), "mode": "0400", "owner": OWNER, "parts": [{"secret": "none"}]},
                {"path": os.path.join(directory, "maybe"), "mode": "0400", "owner": OWNER, "parts": [{"secret": "none"}], "optional": True},
            ]
            missing = write_all(files, self.fetch)
            self.assertEqual(len(missing), 1)
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o400)
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), '{"kty":"RSA"}\n')
            self.assertEqual(os.listdir(directory), ["sub"])


class Artifacts(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as tar:
            entry = tarfile.TarInfo("node-v22/bin/node")
            entry.size = 3
            tar.addfile(entry, io.BytesIO(b"hi\n"))
        self.data = data.getvalue()
        self.fetched = 0

    def fetch(self, _url, path, _region):
        self.fetched += 1
        with open(path, "wb") as file:
            file.write(self.data)

    def artifact(self, sha256):
        return {"name": "node", "url": "https://x/node.tar.gz", "sha256": sha256, "destination": os.path.join(self.directory.name, "opt", "node"), "unpack": "tar", "mode": "0755"}

    def test_unpacks_without_the_top_directory_and_only_once(self):
        artifact = self.artifact(hashlib.sha256(self.data).hexdigest())
        for _ in range(2):
            bundler_artifacts.install(artifact, "us-east-1", self.fetch)
        self.assertTrue(os.path.exists(os.path.join(artifact["destination"], "bin", "node")))
        self.assertEqual(self.fetched, 1)

    def test_refuses_another_hash_before_anything_is_unpacked(self):
        artifact = self.artifact("0" * 64)
        with self.assertRaises(ValueError):
            bundler_artifacts.install(artifact, "us-east-1", self.fetch)
        self.assertEqual(os.listdir(os.path.dirname(artifact["destination"])), [])


class Volumes(unittest.TestCase):
    def run_mount(self, blkid_code):
        done = []

        def run(argv, **_):
            done.append(argv[0])
            return subprocess.CompletedProcess(argv, blkid_code if argv[0] == "blkid" else 0)

        with tempfile.TemporaryDirectory() as point, mock.patch.object(bundler_volumes.subprocess, "run", run), mock.patch.object(bundler_volumes, "mounted", lambda _: False):
            with contextlib.suppress(RuntimeError):
                bundler_volumes.mount("/dev/sdf", point)
        return done

    def test_formats_a_blank_volume_only(self):
        self.assertEqual(self.run_mount(2), ["blkid", "mkfs.xfs", "mount"])
        self.assertEqual(self.run_mount(0), ["blkid", "mount"])

    def test_an_unreadable_volume_is_neither_formatted_nor_mounted(self):
        self.assertEqual(self.run_mount(4), ["blkid"])


if __name__ == "__main__":
    unittest.main()
