"""Fetches the artifacts that the stack names, and refuses one whose SHA-256 differs before anything of it is unpacked.

usage: bundler_artifacts.py SETTINGS.json
SETTINGS: {"region", "artifacts": [{"name", "url", "sha256", "destination", "unpack", "mode"}]}
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request


def download(url, path, region):
    """Copies https:// or s3://bucket/key to a file."""
    if url.startswith("s3://"):
        import boto3

        bucket, _, key = url[len("s3://"):].partition("/")
        boto3.client("s3", region_name=region).download_file(bucket, key, path)
        return
    with urllib.request.urlopen(url, timeout=60) as answer, open(path, "wb") as out:
        shutil.copyfileobj(answer, out)


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def unpack(archive, destination):
    """Unpacks beside the destination and puts it in place in one step. A single top directory is left out, as in Node's tarball."""
    draft = destination + ".new"
    shutil.rmtree(draft, ignore_errors=True)
    os.makedirs(draft)
    # tar refuses what would lie outside; the archive's owners and special modes are nobody's here.
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", draft, "--no-same-owner", "--no-same-permissions"], check=True)
    entries = os.listdir(draft)
    root = os.path.join(draft, entries[0]) if len(entries) == 1 and os.path.isdir(os.path.join(draft, entries[0])) else draft
    shutil.rmtree(destination, ignore_errors=True)
    os.rename(root, destination)
    shutil.rmtree(draft, ignore_errors=True)


def install(artifact, region, fetch=download):
    """Brings one artifact to its place unless it is there already. Raises ValueError for a wrong SHA-256."""
    destination = artifact["destination"]
    stamp = destination + ".sha256"
    if os.path.exists(destination) and os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == artifact["sha256"]:
                return
    os.makedirs(os.path.dirname(destination), exist_ok=True)
    handle, path = tempfile.mkstemp(dir=os.path.dirname(destination))
    os.close(handle)
    try:
        fetch(artifact["url"], path, region)
        found = sha256_of(path)
        if found != artifact["sha256"]:
            raise ValueError(f"{artifact['name']}: given {artifact['url']} with SHA-256 {found}, needed {artifact['sha256']}")
        if artifact["unpack"] == "tar":
            unpack(path, destination)
        else:
            os.chmod(path, int(artifact["mode"], 8))
            os.replace(path, destination)
    finally:
        if os.path.exists(path):
            os.remove(path)
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(artifact["sha256"])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    for artifact in settings["artifacts"]:
        wait = 2
        while True:
            try:
                install(artifact, settings["region"])
                break
            except Exception as fault:  # a wrong hash too: the operator may put the right file there
                print(f"{artifact['name']}: {fault}", flush=True)
                time.sleep(wait)
                wait = min(wait * 2, 60)


if __name__ == "__main__":
    main()
