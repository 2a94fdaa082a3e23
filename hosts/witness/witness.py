"""Ends a dead primary's lease early. usage: witness.py SETTINGS.json

A lost primary keeps Patroni's lease for up to ttl (20 s). Each witness probes the primary's host and looks whether its lease
is renewed in time, which a host that stands still does not do; when either was wanting for the verdict time the witness votes,
and when a quorum has voted one transaction deletes the leader key. That is safe only in synchronous mode with a synchronous standby, and is done only then: the old primary cannot acknowledge a commit
once its standby is promoted, so a wrong verdict costs a failover and never a row. Votes are etcd keys with a short lease;
the witness itself has no state.
"""

import base64
import http.client
import json
import os
import signal
import socket
import ssl
import sys
import time
import urllib.parse
from dataclasses import dataclass
from typing import Optional

CALL_SECONDS = 1.0
PAUSE_AFTER_END_SECONDS = 1.0  # the standby needs about this long to take the lease
METRICS_SECONDS = 5.0


@dataclass(frozen=True)
class Watch:
    """One tenure of a leader (its name and the revision at which its key was made) and since when it is out of reach."""

    leader: Optional[str] = None
    tenure: Optional[int] = None
    unseen_since: Optional[float] = None


def watch(before, leader, tenure, reached, now):
    """The next watch. A new tenure starts with no suspicion, and one answered probe clears it."""
    if (leader, tenure) != (before.leader, before.tenure):
        before = Watch(leader, tenure)
    if leader is None or reached:
        return Watch(leader, tenure)
    return Watch(leader, tenure, now if before.unseen_since is None else before.unseen_since)


def suspects(current, now, verdict_seconds):
    """Whether this witness votes now."""
    return current.unseen_since is not None and now - current.unseen_since >= verdict_seconds


def count_votes(votes, tenure):
    """Votes about this tenure; one about an earlier tenure of the same leader does not count."""
    return sum(1 for _, value in votes if value == str(tenure))


def may_end(leader, votes, quorum, sync):
    """Whether the lease may be ended: enough votes, and a synchronous standby of this very leader that has every acknowledged row."""
    return votes >= quorum and sync.get("leader") == leader and bool(sync.get("sync_standby"))


def end_transaction(prefix, leader, tenure, sync_text, sync_revision):
    """Deletes the leader key if its tenure and /sync are as judged.

    /sync is rewritten unchanged in the same transaction: a primary that still acts on its last look at the cluster then
    fails its own compare-and-swap on /sync, and cannot choose another standby and go on acknowledging.
    """
    return {
        "compare": [
            {"key": text64(prefix + "leader"), "target": "VALUE", "result": "EQUAL", "value": text64(leader)},
            {"key": text64(prefix + "leader"), "target": "CREATE", "result": "EQUAL", "create_revision": str(tenure)},
            {"key": text64(prefix + "sync"), "target": "MOD", "result": "EQUAL", "mod_revision": str(sync_revision)},
        ],
        "success": [
            {"request_delete_range": {"key": text64(prefix + "leader")}},
            {"request_put": {"key": text64(prefix + "sync"), "value": text64(sync_text)}},
        ],
    }


def text64(text):
    return base64.b64encode(text.encode()).decode()


def plain(text):
    return base64.b64decode(text).decode()


class Etcd:
    """etcd's JSON gateway over one kept connection; a member that does not answer is left for the next."""

    def __init__(self, endpoints, context):
        self.endpoints = [(one["address"], one["port"]) for one in endpoints]
        self.context = context
        self.connection = None

    def connect(self):
        address, port = self.endpoints[0]
        if self.context is None:
            return http.client.HTTPConnection(address, port, timeout=CALL_SECONDS)
        return http.client.HTTPSConnection(address, port, timeout=CALL_SECONDS, context=self.context)

    def call(self, path, body):
        fault = None
        for _ in self.endpoints:
            try:
                self.connection = self.connection or self.connect()
                self.connection.request("POST", "/v3/" + path, json.dumps(body), {"Content-Type": "application/json"})
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.status == 200:
                    return json.loads(content)
                raise OSError(f"etcd at {self.endpoints[0][0]} answered {answer.status}: {content[:200]!r}")
            except (OSError, http.client.HTTPException, ValueError) as error:
                fault = error
                self.connection = None
                self.endpoints.append(self.endpoints.pop(0))
        raise OSError(f"no etcd member answers: {fault}")

    def get(self, key):
        found = self.call("kv/range", {"key": text64(key)}).get("kvs")
        return found[0] if found else None

    def below(self, prefix):
        end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        found = self.call("kv/range", {"key": text64(prefix), "range_end": text64(end)}).get("kvs", [])
        return [(plain(one["key"]), plain(one["value"])) for one in found]

    def put_leased(self, key, value, seconds):
        lease = self.call("lease/grant", {"TTL": seconds})["ID"]
        self.call("kv/put", {"key": text64(key), "value": text64(value), "lease": lease})


class Metrics:
    """Counters as a Prometheus text file, replaced whole."""

    def __init__(self, path):
        self.path = path
        self.values = {"verdicts_total": 0, "leases_ended_total": 0, "errors_total": 0, "unseen": 0, "last_probe_timestamp_seconds": 0}
        self.written = 0.0

    def write(self, now, force=False):
        if not force and now - self.written < METRICS_SECONDS:
            return
        self.written = now
        lines = []
        for name, value in self.values.items():
            kind = "counter" if name.endswith("_total") else "gauge"
            lines += [f"# TYPE bundler_witness_{name} {kind}", f"bundler_witness_{name} {value}"]
        with open(self.path + ".partial", "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        os.replace(self.path + ".partial", self.path)


class Witness:
    def __init__(self, settings, etcd, log=lambda *words: print(*words, flush=True)):
        self.settings, self.etcd, self.log = settings, etcd, log
        self.prefix = settings["prefix"]
        self.metrics = Metrics(settings["metricsFile"])
        self.watch = Watch()
        self.address = None
        self.said = None

    def reach(self):
        try:
            socket.create_connection((self.address, self.settings["port"]), self.settings["probeTimeoutMilliseconds"] / 1000).close()
        except ConnectionRefusedError:
            pass  # the host is there to refuse: a process that ended is for its own supervisor, and for Patroni
        except OSError:
            return False
        return True

    def renewed(self, lease):
        """Whether the lease was renewed in time. One that has ended is nobody's to end."""
        left = self.etcd.call("lease/timetolive", {"ID": lease})
        return int(left.get("grantedTTL", 0)) - int(left.get("TTL", 0)) < self.settings["renewalOverdueSeconds"]

    def find_address(self, leader):
        member = self.etcd.get(self.prefix + "members/" + leader)
        url = json.loads(plain(member["value"])).get("conn_url", "") if member else ""
        return urllib.parse.urlsplit(url).hostname

    def round(self):
        """One look. Returns True when it ended a lease."""
        key = self.etcd.get(self.prefix + "leader")
        leader, tenure = (plain(key["value"]), int(key["create_revision"])) if key else (None, None)
        if leader is not None and (leader, tenure) != (self.watch.leader, self.watch.tenure):
            self.address = self.find_address(leader)
            self.log("leader", leader, "at", self.address or "an unknown address, not watched")
        reached = leader is None or self.address is None or (self.reach() and self.renewed(key.get("lease", 0)))
        now = time.monotonic()
        self.watch = watch(self.watch, leader, tenure, reached, now)
        self.metrics.values["last_probe_timestamp_seconds"] = int(time.time())
        self.metrics.values["unseen"] = int(self.watch.unseen_since is not None)
        return suspects(self.watch, now, self.settings["verdictMilliseconds"] / 1000) and self.vote(leader, tenure)

    def vote(self, leader, tenure):
        ballots = f"{self.prefix}suspect/{leader}/"
        self.etcd.put_leased(ballots + self.settings["name"], str(tenure), self.settings["voteLeaseSeconds"])
        self.metrics.values["verdicts_total"] += 1
        votes = count_votes(self.etcd.below(ballots), tenure)
        key = self.etcd.get(self.prefix + "sync")
        sync_text = plain(key["value"]) if key else "{}"
        sync = json.loads(sync_text)
        self.log("verdict: not reached, or its lease not renewed:", leader, "votes", votes, "synchronous standby", sync.get("sync_standby"))
        if key is None or not may_end(leader, votes, self.settings["quorum"], sync):
            return False
        answer = self.etcd.call("kv/txn", end_transaction(self.prefix, leader, tenure, sync_text, key["mod_revision"]))
        ended = bool(answer.get("succeeded"))
        self.log("lease of", leader, "ended" if ended else "had already changed")
        self.metrics.values["leases_ended_total"] += int(ended)
        self.watch = Watch()
        return ended

    def run(self):
        while True:
            start = time.monotonic()
            pause = self.settings["probeIntervalMilliseconds"] / 1000
            ended = False
            try:
                ended = self.round()
                self.said = None
            except (OSError, ValueError, KeyError) as fault:
                self.metrics.values["errors_total"] += 1
                if self.said != repr(fault):
                    self.said = repr(fault)
                    self.log("cannot judge:", self.said)
            self.metrics.write(time.monotonic(), force=ended)
            time.sleep(PAUSE_AFTER_END_SECONDS if ended else max(0.0, pause - (time.monotonic() - start)))


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    context = ssl.create_default_context(cafile=settings["tls"]["ca"])
    context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Witness(settings, Etcd(settings["endpoints"], context)).run()


if __name__ == "__main__":
    main(sys.argv[1])
