"""Carries packets between two network namespaces, each a while late. usage: relay.py MILLISECONDS NETNS DEVICE NETNS DEVICE

Makes one TUN device in each namespace; who routes into one finds his packets, in order, coming out of the other. It ends with
its process. This kernel has no netem.
"""
import collections
import ctypes
import fcntl
import os
import select
import struct
import subprocess
import sys
import time

CLONE_NEWNET, TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x40000000, 0x400454CA, 0x0001, 0x1000
LONGEST_PACKET, LONGEST_QUEUE = 65536, 20_000


def enter(path, libc=ctypes.CDLL(None, use_errno=True)):
    with open(path, "rb") as namespace:
        if libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {path}")


def device(namespace, name):
    """A TUN device, up, in a namespace."""
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    enter(f"/run/netns/{namespace}")
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    subprocess.run(["ip", "link", "set", name, "up"], check=True)
    enter(f"/proc/self/fd/{own}")
    os.close(own)
    return tun


def read(tun):
    try:
        return os.read(tun, LONGEST_PACKET)
    except BlockingIOError:
        return None


def write(tun, packet):
    try:
        os.write(tun, packet)
    except OSError:
        pass  # A full queue drops, as a router's.


def carry(one, other, delay):
    late = collections.deque()
    while True:
        timeout = max(0.0, late[0][0] - time.monotonic()) if late else None
        ready, _, _ = select.select([one, other], [], [], timeout)
        for tun in ready:
            while (packet := read(tun)) is not None:
                if len(late) < LONGEST_QUEUE:
                    late.append((time.monotonic() + delay, other if tun == one else one, packet))
        now = time.monotonic()
        while late and late[0][0] <= now:
            _, to, packet = late.popleft()
            write(to, packet)


def main(arguments):
    milliseconds, *ends = arguments
    one, other = device(*ends[0:2]), device(*ends[2:4])
    print("ready", flush=True)
    carry(one, other, float(milliseconds) / 1000)


if __name__ == "__main__":
    main(sys.argv[1:])
