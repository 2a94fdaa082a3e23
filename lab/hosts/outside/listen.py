"""Opens listening sockets in a network namespace and becomes a program outside it, which has them from descriptor 3 on.

usage: listen.py NETNS ADDRESS:PORT... -- PROGRAM ARGUMENT...
A socket stays in the namespace in which it was opened: so one program serves inside and reaches what is outside.
"""
import ctypes
import os
import socket
import sys

CLONE_NEWNET = 0x40000000


def enter(path, libc=ctypes.CDLL(None, use_errno=True)):
    with open(path, "rb") as namespace:
        if libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {path}")


def main(arguments):
    end = arguments.index("--")
    namespace, addresses, program = arguments[0], arguments[1:end], arguments[end + 1:]
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    enter(f"/run/netns/{namespace}")
    sockets = []
    for address in addresses:
        host, _, port = address.rpartition(":")
        sockets.append(socket.create_server((host, int(port)), backlog=512))
    enter(f"/proc/self/fd/{own}")
    os.close(own)
    for number, one in enumerate(sockets, start=3):
        os.dup2(one.fileno(), number, inheritable=True)
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
