"""Calls of MinIO's S3 and administrative interfaces with the root credential, for the platform's programs on objects hosts."""

import hashlib
import io
import json
import os
import ssl
import sys
import urllib.error
import urllib.request
import zipfile
from xml.etree import ElementTree


def required(variable):
    value = os.environ.get(variable)
    if not value:
        sys.exit(f"environment variable {variable} is not set: it must come from this unit's EnvironmentFile")
    return value


class Refused(Exception):
    """MinIO answered, and did not do it."""


# madmin-go's encrypt.go: PBKDF2 with SHA-256 and AES-256-GCM, which MinIO takes beside its usual Argon2id.
PBKDF2_AES_GCM = b"\x02"
PBKDF2_ROUNDS = 8192
# sio-go: larger texts would be cut into fragments.
FRAGMENT_BYTES = 1 << 14


def encrypted(password, text):
    """A body that only the holder of the password reads, as `madmin.EncryptData` writes it: salt, algorithm, nonce, one last fragment of a sio stream."""
    if len(text) > FRAGMENT_BYTES:
        raise ValueError(f"text of {len(text)} bytes: needed at most {FRAGMENT_BYTES}, one fragment")
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(32), os.urandom(8)
    cipher = AESGCM(hashlib.pbkdf2_hmac("sha256", password.encode(), salt, PBKDF2_ROUNDS, 32))
    # The first sequence number seals nothing but the stream's own (empty) associated data; 0x80 marks the last fragment.
    stream = cipher.encrypt(nonce + (0).to_bytes(4, "little"), b"", None)
    fragment = cipher.encrypt(nonce + (1).to_bytes(4, "little"), text, b"\x80" + stream)
    return salt + PBKDF2_AES_GCM + nonce + fragment


def targets_in(archive, bucket):
    """Where to a bucket is copied, by its exported settings. They are XML under the name of a JSON file."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        name = f"{bucket}/bucket-targets.json"
        return ElementTree.fromstring(files.read(name)).findall("Targets") if name in files.namelist() else []


class Store:
    """One MinIO, at an endpoint."""

    def __init__(self, endpoint, authority):
        self.endpoint, self.authority = endpoint, authority
        self.user, self.password = required("MINIO_ROOT_USER"), required("MINIO_ROOT_PASSWORD")

    def s3(self):
        import boto3
        from botocore.config import Config

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.user,
            aws_secret_access_key=self.password,
            verify=self.authority,
            config=Config(s3={"addressing_style": "path"}, connect_timeout=5, read_timeout=30, retries={"max_attempts": 2}),
        )

    def admin(self, method, path, body=None, seconds=30):
        """The answer's JSON. Raises as `call` does."""
        return json.loads(self.call(method, path, body, seconds) or b"{}")

    def call(self, method, path, body=None, seconds=30):
        """The answer's bytes. Raises `Refused` with MinIO's words, or `OSError` when it does not answer."""
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        url = f"{self.endpoint}/minio/admin/v3/{path}"
        signed = AWSRequest(method, url, data=body)
        S3SigV4Auth(Credentials(self.user, self.password), "s3", "us-east-1").add_auth(signed)
        request = urllib.request.Request(url, body, dict(signed.headers), method=method)
        try:
            with urllib.request.urlopen(request, timeout=seconds, context=ssl.create_default_context(cafile=self.authority)) as answer:
                return answer.read()
        except urllib.error.HTTPError as fault:
            raise Refused(f"{method} {path.split('?')[0]}: {fault.code} {fault.read(2000).decode(errors='replace')}") from None

    def sites(self):
        """Whether this MinIO is one of joined sites, and which ones it knows."""
        return self.admin("GET", "site-replication/info?api-version=1", seconds=10)

    def keys(self, bucket, counts=lambda key, modified: True):
        """Every key of a bucket that counts by itself and its object's time, in order."""
        for page in self.s3().get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for one in page.get("Contents", []):
                if counts(one["Key"], one["LastModified"]):
                    yield one["Key"]

    def uncopied(self):
        """Buckets that have no rule by which they are copied. Raises `Refused` when that is not to be had."""
        from botocore.exceptions import BotoCoreError, ClientError

        def has_rule(bucket):
            try:
                return bool(self.s3().get_bucket_replication(Bucket=bucket)["ReplicationConfiguration"]["Rules"])
            except ClientError as fault:
                if fault.response["Error"]["Code"] == "ReplicationConfigurationNotFoundError":
                    return False
                raise

        try:
            return [bucket for bucket in self.buckets() if not has_rule(bucket)]
        except (BotoCoreError, ClientError) as fault:
            raise Refused(f"how buckets are copied: {fault}") from None

    def untargeted(self):
        """Buckets whose stored settings do not say to which site they are copied: nothing that is put into one goes there, and MinIO says so once."""
        return [bucket for bucket in self.buckets() if not targets_in(self.call("GET", f"export-bucket-metadata?bucket={bucket}"), bucket)]

    def retarget(self, bucket):
        """Stores again to which site a bucket is copied, as this host still knows it; and makes what is missing anew, its rule too."""
        known = self.admin("GET", f"list-remote-targets?bucket={bucket}&type=replication") or []
        for target in known:
            # An update that changes nothing (cmd/admin-bucket-handlers.go) writes all of the bucket's targets.
            body = encrypted(self.password, json.dumps(target).encode())
            self.admin("PUT", f"set-remote-target?bucket={bucket}&update=true&healthcheck=true", body)
        # What one site asks another when it makes a bucket there: it changes nothing where all is there.
        self.admin("PUT", f"site-replication/peer/bucket-ops?bucket={bucket}&operation=configure-replication")

    def buckets(self):
        return [bucket["Name"] for bucket in self.s3().list_buckets()["Buckets"]]
