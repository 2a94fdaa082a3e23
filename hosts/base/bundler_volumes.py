"""Finds this host's data volumes and links to their devices. usage: bundler_volumes.py SETTINGS.json LINKS

A volume is attached after its host has started, so it is waited for. One that is blank gets a file system; one that holds
anything else is never touched.
"""

import ctypes
import fcntl
import glob
import json
import os
import struct
import subprocess
import sys
import time

NVME_ADMIN_COMMAND = 0xC0484E41
IDENTIFY, CONTROLLER, PAGE_BYTES = 0x06, 1, 4096
NAME_AT, NAME_BYTES = 3072, 32  # EBS writes the attachment's name into the vendor's part of the identify page
POLL_SECONDS, SAY_SECONDS = 1, 60


def attachment_name(page):
    """Device name that EC2 was given, out of an NVMe identify page; empty for another maker's drive."""
    name = page[NAME_AT : NAME_AT + NAME_BYTES].split(b"\0")[0].decode("ascii", "replace").strip()
    return name if not name or name.startswith("/dev/") else "/dev/" + name


def identify(node):
    page = ctypes.create_string_buffer(PAGE_BYTES)
    command = struct.pack("=BBHIQQQ10I", IDENTIFY, 0, 0, 0, 0, 0, ctypes.addressof(page), 0, PAGE_BYTES, CONTROLLER, 0, 0, 0, 0, 0, 0, 0)
    with open(node, "rb") as device:
        fcntl.ioctl(device, NVME_ADMIN_COMMAND, command)
    return page.raw


def find(device, exists=os.path.exists, nodes=lambda: glob.glob("/dev/nvme*n1"), page=identify):
    """The node of an attached volume, or None."""
    if exists(device):
        return os.path.realpath(device)
    for node in sorted(nodes()):
        try:
            if attachment_name(page(node)) == device:
                return node
        except OSError:
            continue
    return None


def held(node):
    """What is on a device: a file system's type, "" when it is blank, "?" when it is anything else."""
    probe = subprocess.run(["blkid", "--probe", "--match-tag", "TYPE", "--output", "value", node], capture_output=True, text=True, check=False)
    if probe.returncode == 2:
        # blkid says 2 for "nothing found" and for a tag that is absent; a partition table is the difference.
        other = subprocess.run(["blkid", "--probe", node], capture_output=True, text=True, check=False)
        return "" if other.returncode == 2 else "?"
    return probe.stdout.strip() or "?"


def prepare(name, node, kind=held, make=lambda node: subprocess.run(["mkfs.xfs", "-q", node], check=True)):
    found = kind(node)
    if found == "":
        make(node)
    elif found != "xfs":
        sys.exit(f"volume {name} on {node} holds {found}, needed xfs or a blank volume; nothing was changed")


def link(node, path):
    partial = path + ".partial"
    if os.path.lexists(partial):
        os.remove(partial)
    os.symlink(node, partial)
    os.replace(partial, path)


def main(path, links):
    with open(path, encoding="utf-8") as file:
        volumes = json.load(file)
    for volume in volumes:
        waited = 0
        while (node := find(volume["device"])) is None:
            if waited % SAY_SECONDS == 0:
                print(f"waiting for volume {volume['name']} ({volume['device']})", flush=True)
            waited += POLL_SECONDS
            time.sleep(POLL_SECONDS)
        prepare(volume["name"], node)
        link(node, os.path.join(links, volume["name"]))
        print(f"volume {volume['name']} is {node}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
