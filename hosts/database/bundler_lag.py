"""Says to CloudWatch how far the other region's database is behind, where this host's takes writes. usage: bundler_lag.py SETTINGS.json

Behind is the age of the newest moment of which the other region is known to have everything. Both regions' CloudWatch are told:
an alarm in one that is lost does not ring. What is not known is not said, and silence rings too.
"""
import collections
import json
import os
import sys
import time

from bundler_region import FOLLOWER, World, regional

# Of an hour. Where there were more, the lag is said too long, never too short.
MOST_MARKS = 2000
POSITIONS = f"SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'), (SELECT pg_wal_lsn_diff(r.flush_lsn, '0/0') {FOLLOWER}) WHERE NOT pg_is_in_recovery()"


class Lag:
    def __init__(self):
        self.forget()

    def forget(self):
        self.marks, self.certain = collections.deque(maxlen=MOST_MARKS), None

    def seconds(self, now, position, had):
        """None while it is not known. `position`: of all that is written. `had`: what the other region has, None when it does not follow."""
        self.marks.append((now, position))
        while had is not None and self.marks and self.marks[0][1] <= had:
            self.certain = self.marks.popleft()[0]
        return None if self.certain is None else now - self.certain


def longest(settings, positions, lag, now=time.monotonic, pause=time.sleep):
    """The longest lag of a round of looks. None where none is known, and where clients do not write."""
    known = []
    for look in range(settings["looks"]):
        pause(settings["lookSeconds"])
        # Taken first: what is written while PostgreSQL is asked is no older.
        began, found = now(), positions()
        if not found:
            lag.forget()
            continue
        behind = lag.seconds(began, *found)
        # The first look comes late when a region's CloudWatch does not answer.
        if look > 0 and behind is not None:
            known.append(behind)
    return max(known, default=None)


def say(clients, metric, seconds):
    """Gives what went wrong."""
    data = [{"MetricName": metric["metric"], "Dimensions": [metric["dimension"]], "Value": seconds, "Unit": "Seconds"}]
    faults = []
    for client in clients:
        try:
            client.put_metric_data(Namespace=metric["namespace"], MetricData=data)
        except Exception as fault:
            faults.append(str(fault))
    return "; ".join(faults)


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    world, clients, lag, said = World(settings), regional("cloudwatch", settings), Lag(), ""

    def positions():
        return os.path.exists(settings["openMark"]) and world.query(POSITIONS, (settings["slot"],))

    while True:
        seconds = longest(settings["lag"], positions, lag)
        fault = "" if seconds is None else say(clients, settings["lag"]["metric"], seconds)
        if fault != said:
            said = fault
            print(said or "both regions are told again", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
