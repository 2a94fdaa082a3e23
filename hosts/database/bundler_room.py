"""Hands the primary over when this host's volume is nearly full and the synchronous standby's is not. usage: bundler_room.py SETTINGS.json

PostgreSQL with a full volume does not end: it stays the primary and refuses every write that needs room. Nor can it stop in
good order then, so a reserve lies on the volume, which goes first.
"""
import json
import os
import shutil
import sys
import time
import urllib.request

from database_agent import Rest


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


def look(settings):
    usage = shutil.disk_usage(settings["directory"])
    reserve = settings["reserve"]
    if not is_short(usage.free, usage.total, settings["leastShare"]):
        # Not at once after it was given back, or the two would take turns.
        if not is_short(usage.free, usage.total, 4 * settings["leastShare"]):
            keep_reserve(reserve, settings["reserveBytes"])
        return
    give_reserve(reserve)
    rest = Rest(settings)

    def room_of(address):
        with urllib.request.urlopen(f"https://{address}:{settings['rolePort']}/room", timeout=5, context=rest.context) as answer:
            free, total = answer.read().split()
        return int(free), int(total)

    to = candidate(json.loads(rest.call("GET", "/cluster")), settings["name"], room_of, settings["leastShare"])
    if to is None:
        print(f"{settings['directory']} has {usage.free} bytes left, and no synchronous standby has more: an operator is needed", flush=True)
        return
    print(f"{settings['directory']} has {usage.free} bytes left: the primary is handed over to {to}", flush=True)
    print(rest.call("POST", "/switchover", {"leader": settings["name"], "candidate": to}, timeout=60), flush=True)


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    while True:
        look(settings)
        time.sleep(settings["lookSeconds"])


if __name__ == "__main__":
    main(sys.argv[1])
