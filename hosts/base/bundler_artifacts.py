"""Fetches this host's artifacts. usage: bundler_artifacts.py SETTINGS.json

One whose SHA-256 differs is refused before anything of it is unpacked, and asked for again: the right one may be put there.
"""

import hashlib
import json
import os
import shutil
import sys
import tarfile
import time
import urllib.parse
import urllib.request

STAMP = ".bundler-sha256"
CHUNK_BYTES = 1 << 20
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2, 60


class Refused(Exception):
    """A file with another SHA-256."""


def digest_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def in_place(artifact):
    """Whether the artifact is already there, whole."""
    destination = artifact["destination"]
    if artifact["unpack"] == "none":
        return os.path.isfile(destination) and digest_of(destination) == artifact["sha256"]
    try:
        with open(os.path.join(destination, STAMP), encoding="utf-8") as file:
            return file.read() == artifact["sha256"]
    except OSError:
        return False


def fetch(artifact, path, opener):
    digest = hashlib.sha256()
    with opener(artifact["url"]) as source, open(path, "wb") as out:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != artifact["sha256"]:
        os.remove(path)
        raise Refused(f"{artifact['name']} from {artifact['url']}: its SHA-256 is {digest.hexdigest()}, needed {artifact['sha256']}")


def unpack(artifact, archive, work):
    """Unpacks beside the destination and puts it there in one step. A single top directory is left out."""
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    with tarfile.open(archive) as tar:
        tar.extractall(work, filter="data")
    names = os.listdir(work)
    top = os.path.join(work, names[0]) if len(names) == 1 and os.path.isdir(os.path.join(work, names[0])) else work
    os.chmod(top, 0o755)
    with open(os.path.join(top, STAMP), "w", encoding="utf-8") as file:
        file.write(artifact["sha256"])
    shutil.rmtree(artifact["destination"], ignore_errors=True)
    os.rename(top, artifact["destination"])
    shutil.rmtree(work, ignore_errors=True)


def install(artifact, opener):
    """Puts the artifact in its place. Gives whether it had to."""
    if in_place(artifact):
        return False
    parent, base = os.path.split(artifact["destination"])
    os.makedirs(parent, exist_ok=True)
    partial = os.path.join(parent, f".{base}.partial")
    fetch(artifact, partial, opener)
    if artifact["unpack"] == "tar":
        unpack(artifact, partial, os.path.join(parent, f".{base}.unpacked"))
        os.remove(partial)
    else:
        os.chmod(partial, int(artifact["mode"], 8))
        os.replace(partial, artifact["destination"])
    return True


def opener_for(region):
    def open_url(url):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme == "s3":
            import boto3

            return boto3.client("s3", region_name=region).get_object(Bucket=parts.netloc, Key=parts.path[1:])["Body"]
        return urllib.request.urlopen(url, timeout=30)

    return open_url


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    opener = opener_for(settings["region"])
    for artifact in settings["artifacts"]:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                print(artifact["name"], "installed" if install(artifact, opener) else "in place", flush=True)
                break
            except Exception as fault:  # out of reach, refused, not there yet: asked again
                print(f"{artifact['name']}: {type(fault).__name__}: {fault}", flush=True)
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
