"""Writes this host's secrets, fetched with its instance role. usage: bundler_secrets.py SETTINGS.json

A required value that is not there is waited for, since its container may be filled after the host has started. No value is
ever printed.
"""

import grp
import json
import os
import pwd
import re
import sys
import time

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2, 30


class Missing(Exception):
    """Names a value that is not there."""


class Store:
    """Secrets, each fetched once. `fetch(name)` gives a secret's text, or None when it has no value."""

    def __init__(self, prefix, fetch):
        self.prefix, self.fetch, self.texts = prefix, fetch, {}

    def value(self, ref):
        secret, key = ref[0], ref[1]
        if secret not in self.texts:
            self.texts[secret] = self.fetch(self.prefix + secret)
        text = self.texts[secret]
        if text and key is not None:
            try:
                text = json.loads(text).get(key)
            except (ValueError, AttributeError):
                raise Missing(f"{self.prefix}{secret} is no JSON object, so it has no {key}") from None
        if not text:
            raise Missing(f"{self.prefix}{secret}" + (f" has no {key}" if key else " has no value"))
        return str(text)


def quoted(value):
    """A value in an environment file as systemd reads it."""
    return '"' + re.sub(r'([\\"`$])', r"\\\1", value) + '"'


def environment(refs, store):
    lines = []
    for name, ref in refs.items():
        try:
            lines.append(f"{name}={quoted(store.value(ref))}\n")
        except Missing:
            if len(ref) < 3:
                raise
    return "".join(lines)


def content(file, store):
    if "environment" in file:
        return environment(file["environment"], store)
    if "template" in file:
        values = {name: store.value(ref) for name, ref in file["values"].items()}
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], file["template"])
    return "".join(text if text.endswith("\n") else text + "\n" for text in map(store.value, file["parts"]))


def write(file, text):
    """Replaces the file whole: a reader sees the old one or the new one."""
    user, group = file["owner"].split(":")
    os.makedirs(os.path.dirname(file["path"]), exist_ok=True)
    partial = file["path"] + ".partial"
    if os.path.exists(partial):
        os.remove(partial)
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        os.fchown(out.fileno(), pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid)
        os.fchmod(out.fileno(), int(file["mode"], 8))
        out.write(text)
    os.replace(partial, file["path"])


def attempt(files, store):
    """Writes what can be written. Gives the files that are still to be written, and why."""
    left, reasons = [], set()
    for file in files:
        try:
            write(file, content(file, store))
        except Missing as missing:
            if not file.get("optional"):
                left.append(file)
                reasons.add(str(missing))
        except Exception as fault:  # AWS out of reach, a role not there yet: asked again
            left.append(file)
            reasons.add(f"{file['path']}: {type(fault).__name__}: {fault}")
    return left, sorted(reasons)


def client_fetch(region):
    import boto3
    from botocore.config import Config

    client = boto3.client("secretsmanager", region_name=region, config=Config(connect_timeout=3, read_timeout=5, retries={"max_attempts": 2}))

    def fetch(name):
        try:
            answer = client.get_secret_value(SecretId=name)
        except client.exceptions.ResourceNotFoundException:
            return None
        return answer.get("SecretString") or answer.get("SecretBinary", b"").decode()

    return fetch


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    left, said, pause, fetch = settings["files"], None, FIRST_PAUSE_SECONDS, None
    while left:
        fetch = fetch or client_fetch(settings["region"])
        left, reasons = attempt(left, Store(settings["prefix"], fetch))
        if left:
            if reasons != said:
                print("waiting for:", *reasons, sep="\n  ", flush=True)
                said = reasons
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    print("all secrets written", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
