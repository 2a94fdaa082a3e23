import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import types
import unittest
from unittest import mock

secrets = types.ModuleType("bundler_secrets")
secrets.Missing, secrets.fetcher, secrets.write = LookupError, None, None
with mock.patch.dict(sys.modules, bundler_secrets=secrets):
    import bundler_certificate


def certificate():
    """A key and a certificate of it, as HAProxy reads them."""
    return subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=edge", "-keyout", "-"],
        check=True, capture_output=True, text=True,
    ).stdout


def write(path, content, _mode, _owner):
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)
    return True


class Starting(unittest.TestCase):
    """Before HAProxy starts."""

    def setUp(self):
        room = tempfile.TemporaryDirectory()
        self.addCleanup(room.cleanup)
        self.path, self.settings = f"{room.name}/certificate.pem", f"{room.name}/settings.json"
        with open(self.settings, "w", encoding="utf-8") as file:
            json.dump({"region": "us-east-1", "prefix": "level1", "path": self.path, "domain": "example.com", "acme": None}, file)
        self.asked = 0

    def start(self, secret):
        """What the file holds afterwards. `secret`: what AWS has, or the error that it answers with."""

        def fetcher(_region, _prefix):
            self.asked += 1
            if isinstance(secret, Exception):
                raise secret
            return lambda _name: secret

        with mock.patch.multiple(bundler_certificate, fetcher=fetcher, write=write), mock.patch.object(sys, "argv", ["", self.settings, "--start"]):
            with contextlib.redirect_stdout(io.StringIO()):
                bundler_certificate.main()
        with open(self.path, encoding="utf-8") as file:
            return file.read()

    def test_a_host_that_has_a_certificate_asks_nobody(self):
        good = certificate()
        write(self.path, good, "", "")
        self.assertEqual((self.start(OSError("AWS does not answer")), self.asked), (good, 0))

    def test_a_host_without_one_takes_the_secret(self):
        good = certificate()
        self.assertEqual((self.start(good), self.asked), (good, 1))

    def test_a_file_that_haproxy_would_refuse_is_replaced_by_the_secret(self):
        good = certificate()
        write(self.path, good.replace("PRIVATE KEY", "LOST KEY"), "", "")
        self.assertEqual((self.start(good), self.asked), (good, 1))

    def test_a_host_without_one_and_without_aws_makes_its_own(self):
        self.assertTrue(bundler_certificate.accepted(self.start(OSError("AWS does not answer"))))
        self.assertTrue(os.path.exists(self.path))


if __name__ == "__main__":
    unittest.main()
