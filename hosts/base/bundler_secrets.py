"""Writes this host's secrets from Secrets Manager to a tmpfs. Never says a value.

usage: bundler_secrets.py SETTINGS.json
SETTINGS: {"region", "prefix", "files": [{"path", "mode", "owner", "parts" | "environment" | "template", "optional"?}]}
Waits for a required secret that is not there yet: an operator may fill it after the host has started.
"""
import grp
import json
import os
import pwd
import sys
import tempfile
import time


class Missing(Exception):
    """A secret, or a key of it, that has no value yet."""


def value_of(reference, fetch):
    """Text of a reference: a key of a JSON secret, or all of it."""
    text = fetch(reference["secret"])
    if "key" not in reference:
        return text
    try:
        found = json.loads(text).get(reference["key"])
    except (ValueError, AttributeError):
        raise Missing(f"{reference['secret']} is no JSON object, needed one with key {reference['key']}") from None
    if not isinstance(found, str) or found == "":
        raise Missing(f"{reference['secret']} has no text under key {reference['key']}")
    return found


def quoted(text):
    """A value as systemd reads it in an EnvironmentFile."""
    for special in '\\"$`':
        text = text.replace(special, "\\" + special)
    return f'"{text}"'


def content_of(file, fetch):
    """What a file holds. Raises Missing when a required value is not there."""
    if "environment" in file:
        lines = []
        for name, reference in file["environment"].items():
            try:
                lines.append(f"{name}={quoted(value_of(reference, fetch))}\n")
            except Missing:
                if not reference.get("optional"):
                    raise
        return "".join(lines)
    if "template" in file:
        text = file["template"]["text"]
        for name, reference in file["template"]["values"].items():
            text = text.replace("{" + name + "}", value_of(reference, fetch))
        return text
    values = [value_of(reference, fetch) for reference in file["parts"]]
    return "".join(value if value.endswith("\n") else value + "\n" for value in values)


def write(path, content, mode, owner):
    """Replaces a file in one step, never readable by more than its mode says. True when it changed."""
    try:
        with open(path, encoding="utf-8") as current:
            if current.read() == content:
                return False
    except FileNotFoundError:
        pass
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    user, group = owner.split(":")
    handle, draft = tempfile.mkstemp(dir=os.path.dirname(path))
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content)
    os.chown(draft, pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid)
    os.chmod(draft, int(mode, 8))
    os.replace(draft, path)
    return True


def fetcher(region, prefix):
    """Reads each secret once."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError

    client = boto3.client("secretsmanager", region_name=region, config=Config(connect_timeout=3, read_timeout=5, retries={"max_attempts": 3}))
    known = {}

    def fetch(name):
        if name not in known:
            try:
                known[name] = client.get_secret_value(SecretId=f"{prefix}/{name}")["SecretString"]
            except ClientError as fault:
                if fault.response["Error"]["Code"] != "ResourceNotFoundException":
                    raise
                raise Missing(f"{name} has no value yet") from None
        return known[name]

    return fetch


def write_all(files, fetch):
    """Writes every file whose values are there; gives what is still missing of the required ones."""
    missing = []
    for file in files:
        try:
            write(file["path"], content_of(file, fetch), file["mode"], file["owner"])
        except Missing as why:
            if not file.get("optional"):
                missing.append(f"{file['path']}: {why}")
    return missing


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    wait = 2
    while True:
        try:
            missing = write_all(settings["files"], fetcher(settings["region"], settings["prefix"]))
        except Exception as fault:  # the network or the role may not be there yet
            missing = [f"{type(fault).__name__}: cannot read Secrets Manager"]
        if not missing:
            return
        print("waiting for " + "; ".join(missing), flush=True)
        time.sleep(wait)
        wait = min(wait * 2, 15)


if __name__ == "__main__":
    main()
