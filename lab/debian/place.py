"""Puts files where a host would have them, then becomes the program to run. Started inside the root with /.stage beside it."""

import grp
import json
import os
import pwd
import subprocess
import sys


def owner_ids(file):
    user, _, group = file["owner"].partition(":")
    try:
        return pwd.getpwnam(user).pw_uid, grp.getgrnam(group or user).gr_gid
    except KeyError:
        sys.exit(f'{file["path"]}: its owner {file["owner"]} does not exist in the Debian root: name a user that a package or a sysusers.d file makes')


def make_parents(path):
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o755, exist_ok=True)


def main():
    with open("/.stage/job.json", encoding="utf-8") as text:
        job = json.load(text)
    for file in job["files"]:
        make_parents(file["path"])
        with open(file["path"], "w", encoding="utf-8") as out:
            out.write(file["content"])
        os.chmod(file["path"], int(file["mode"], 8))
    if any("/sysusers.d/" in file["path"] for file in job["files"]):
        subprocess.run(["systemd-sysusers"], check=True)
    for file in job["files"]:
        os.chown(file["path"], *owner_ids(file))
    os.chdir("/")
    os.execvp(job["argv"][0], job["argv"])


main()
