"""Mounts this host's data volumes; makes a file system only on one that holds nothing at all.

usage: bundler_volumes.py SETTINGS.json
SETTINGS: {"volumes": [{"device", "mountPoint"}]}
A volume is attached after its instance has started, so each is waited for. Device names are those given to EC2:
the udev rules of amazon-ec2-utils make them links to the NVMe devices.
"""
import json
import os
import subprocess
import sys
import time


def has_content(device):
    """True unless blkid, probing the device itself, finds nothing: its exit code 2."""
    probe = subprocess.run(["blkid", "-p", device], capture_output=True, check=False)
    if probe.returncode not in (0, 2):
        raise RuntimeError(f"{device}: blkid ended with {probe.returncode}, and an unreadable volume is never formatted")
    return probe.returncode == 0


def mounted(point):
    with open("/proc/mounts", encoding="utf-8") as mounts:
        return any(line.split()[1] == point for line in mounts)


def mount(device, point):
    if mounted(point):
        return
    if not has_content(device):
        subprocess.run(["mkfs.xfs", "-q", device], check=True)
    os.makedirs(point, exist_ok=True)
    subprocess.run(["mount", "-t", "xfs", "-o", "noatime", device, point], check=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        volumes = json.load(file)["volumes"]
    for volume in volumes:
        while not os.path.exists(volume["device"]):
            print(f"waiting for {volume['device']}", flush=True)
            time.sleep(2)
        mount(volume["device"], volume["mountPoint"])


if __name__ == "__main__":
    main()
