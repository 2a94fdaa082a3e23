"""Cuts the sessions of a data proxy's servers that are down. usage: bundler_cut.py ADMIN_SOCKET BACKEND...

A client left on a lost leader would wait for the kernel's timeouts, or meet a server that takes no writes. HAProxy's own
`on-marked-down shutdown-sessions` cuts too, but a session that is just connecting then hangs for ever, and its client with it
(HAProxy 3.0.11; found by the drill database-primary-host-lost). So only sessions that are connected are cut; the others end by
their connect timeout and go where there is a server.
"""
import csv
import re
import socket
import sys
import time

PAUSE_SECONDS = 0.1
ESTABLISHED = "8"  # HAProxy's SC_ST_EST
SESSION = re.compile(r"^(0x[0-9a-f]+): .* be=(\S+) srv=(\S+) .* scb=\[(\d+),")


def ask(path, command):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connection.connect(path)
        connection.sendall(command.encode() + b"\n")
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def down_with_sessions(statistics, backends):
    """(backend, server) of each server that is down and still has sessions."""
    rows = csv.DictReader(statistics.lstrip("# ").splitlines())
    return {
        (row["pxname"], row["svname"])
        for row in rows
        if row["pxname"] in backends and row["svname"] not in ("FRONTEND", "BACKEND") and row["status"].startswith("DOWN") and row["scur"] != "0"
    }


def established(sessions, servers):
    """Ids of the sessions that are connected to one of the servers."""
    found = (SESSION.match(line) for line in sessions.splitlines())
    return [match[1] for match in found if match and (match[2], match[3]) in servers and match[4] == ESTABLISHED]


def main(path, backends):
    while True:
        try:
            # Bit 2 of the type: servers only.
            servers = down_with_sessions(ask(path, "show stat -1 4 -1"), backends)
            for session in established(ask(path, "show sess"), servers) if servers else []:
                ask(path, f"shutdown session {session}")
        except OSError as fault:
            print(f"HAProxy does not answer yet: {fault}", flush=True)
            time.sleep(1)
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1], set(sys.argv[2:]))
