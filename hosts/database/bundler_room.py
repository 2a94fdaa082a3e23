"""Hands the primary over when this host's volume is nearly full and the synchronous standby's is not. usage: bundler_room.py SETTINGS.json

PostgreSQL with a full volume does not end: it stays the primary and refuses every write that needs room. Nor can it stop in
good order then, so a reserve lies on the volume, which goes first.
"""
import base64
import json
import os
import shutil
import sys


def is_short(free, total, least_share):
    return free < total * least_share


def candidate(cluster, name, room_of, least_share):
    """The synchronous standby with room, when `name` is the leader; None when there is none. `room_of`: address → (free, total)."""
    members = cluster["members"]
    if not any(member["name"] == name and member["role"] == "leader" for member in members):
        return None
    for member in members:
        if member["role"] == "sync_standby":
            free, total = room_of(member["host"])
            # Twice as much, or the two would hand it to and fro.
            if not is_short(free, total, 2 * least_share):
                return member["name"]
    return None


def keep_reserve(path, size):
    """Makes the reserve: room that only this program gives back."""
    if not os.path.exists(path):
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            os.posix_fallocate(file.fileno(), 0, size)


def give_reserve(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass


class Hosts:
    """This host's Patroni, and the room of the others."""

    def __init__(self, settings):
        import ssl

        self.settings = settings
        self.context = ssl.create_default_context(cafile=settings["tls"]["ca"])
        self.context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])

    def call(self, url, body=None):
        import urllib.request

        token = base64.b64encode(f"{self.settings['user']}:{os.environ[self.settings['passwordVariable']]}".encode()).decode()
        data = None if body is None else json.dumps(body).encode()
        headers = {} if body is None else {"Content-Type": "application/json", "Authorization": f"Basic {token}"}
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60 if body else 5, context=self.context) as answer:
            return answer.read().decode()

    def room_of(self, address):
        free, total = self.call(f"https://{address}:{self.settings['rolePort']}/room").split()
        return int(free), int(total)


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    usage = shutil.disk_usage(settings["directory"])
    reserve = settings["reserve"]
    if not is_short(usage.free, usage.total, settings["leastShare"]):
        # Not at once after it was given back, or the two would take turns.
        if not is_short(usage.free, usage.total, 4 * settings["leastShare"]):
            keep_reserve(reserve, settings["reserveBytes"])
        return
    give_reserve(reserve)
    hosts = Hosts(settings)
    to = candidate(json.loads(hosts.call(settings["url"] + "/cluster")), settings["name"], hosts.room_of, settings["leastShare"])
    if to is None:
        print(f"{settings['directory']} has {usage.free} bytes left, and no synchronous standby has more: an operator is needed", flush=True)
        return
    print(f"{settings['directory']} has {usage.free} bytes left: the primary is handed over to {to}", flush=True)
    print(hosts.call(settings["url"] + "/switchover", {"leader": settings["name"], "candidate": to}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
