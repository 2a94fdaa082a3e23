"""Runs a unit on exactly one host, by a lease in etcd or in a table of the database. usage: bundler_singleton.py SETTINGS.json

The unit runs only while this host's lease is certain: well before it can have expired the unit is stopped in order, and what
is left of it killed. One thread renews; another, which never waits for the network, holds the unit to what is left of the
lease. The clock goes on while a host sleeps.
"""

import base64
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

CALL_SECONDS = 1.0
LOOK_SECONDS = 0.5
ENDED = ("inactive", "failed")


def clock():
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def decide(wanted, remaining, unit, stop_seconds, kill_seconds):
    """What to do with a unit in this state, with so many seconds of the lease left (0 without one)."""
    if unit in ENDED:
        return "start" if wanted and remaining > stop_seconds else None
    if remaining <= kill_seconds:
        return "kill"
    if (remaining <= stop_seconds or not wanted) and unit != "deactivating":
        return "stop"
    return None


def text64(text):
    return base64.b64encode(text.encode()).decode()


class Etcd:
    """etcd's JSON gateway; a member that does not answer is left for the next."""

    def __init__(self, endpoints, context):
        self.endpoints, self.context = [(one["address"], one["port"]) for one in endpoints], context

    def call(self, path, body):
        fault = None
        for _ in self.endpoints:
            address, port = self.endpoints[0]
            connection = http.client.HTTPConnection(address, port, timeout=CALL_SECONDS) if self.context is None else http.client.HTTPSConnection(address, port, timeout=CALL_SECONDS, context=self.context)
            try:
                connection.request("POST", "/v3/" + path, json.dumps(body), {"Content-Type": "application/json"})
                answer = connection.getresponse()
                content = answer.read()
                if answer.status == 200:
                    return json.loads(content)
                raise OSError(f"etcd at {address} answered {answer.status}: {content[:200]!r}")
            except (OSError, http.client.HTTPException, ValueError) as error:
                fault = error
                self.endpoints.append(self.endpoints.pop(0))
            finally:
                connection.close()
        raise OSError(f"no etcd member answers: {fault}")

    def grant(self, seconds):
        return self.call("lease/grant", {"TTL": seconds})["ID"]

    def keep(self, lease):
        """Seconds that the lease lives on; 0 when there is none any more."""
        return int(self.call("lease/keepalive", {"ID": lease}).get("result", {}).get("TTL", 0))

    def revoke(self, lease):
        self.call("lease/revoke", {"ID": lease})

    def holder(self, key):
        """Lease of the key, or None when there is no key."""
        found = self.call("kv/range", {"key": text64(key)}).get("kvs")
        return found[0].get("lease", "0") if found else None

    def take(self, key, value, lease):
        """Makes the key, unless it is there."""
        absent = {"key": text64(key), "target": "CREATE", "result": "EQUAL", "create_revision": "0"}
        put = {"request_put": {"key": text64(key), "value": text64(value), "lease": lease}}
        return bool(self.call("kv/txn", {"compare": [absent], "success": [put]}).get("succeeded"))


class Lease:
    """This host's claim. `until` counts from before the call that prolonged it, so it is never later than the keeper's."""

    def __init__(self, settings, etcd, now=clock):
        self.settings, self.etcd, self.now = settings, etcd, now
        self.id, self.until = None, 0.0

    def remaining(self):
        return max(0.0, self.until - self.now()) if self.id else 0.0

    def set(self, lease, began):
        self.until, self.id = began + self.settings["leaseSeconds"], lease
        with open(self.settings["file"] + ".partial", "w", encoding="utf-8") as file:
            json.dump({"id": lease, "until": self.until}, file)
        os.replace(self.settings["file"] + ".partial", self.settings["file"])

    def drop(self):
        self.id, self.until = None, 0.0
        if os.path.exists(self.settings["file"]):
            os.remove(self.settings["file"])

    def adopt(self):
        """After a restart of this agent alone: goes on with the lease that its predecessor had."""
        try:
            with open(self.settings["file"], encoding="utf-8") as file:
                left = json.load(file)
            self.id, self.until = left["id"], left["until"]
        except (OSError, ValueError, KeyError):
            self.drop()

    def step(self):
        """Renews the lease, or tries for it."""
        began, key = self.now(), self.settings["key"]
        if self.id:
            if self.etcd.keep(self.id) > 0 and self.etcd.holder(key) == self.id:
                self.set(self.id, began)
            else:
                self.drop()
        elif self.etcd.holder(key) is None:
            lease = self.etcd.grant(self.settings["leaseSeconds"])
            if self.etcd.take(key, self.settings["name"], lease):
                self.set(lease, began)
            else:
                self.etcd.revoke(lease)

    def release(self):
        lease = self.id
        self.drop()
        if lease:
            self.etcd.revoke(lease)


class Unit:
    def __init__(self, name):
        self.name = name

    def state(self):
        return subprocess.run(["systemctl", "show", "--property=ActiveState", "--value", self.name], capture_output=True, text=True, check=False).stdout.strip()

    def act(self, action):
        argv = {
            # `fail`: never against a stop that someone else has asked for.
            "start": ["start", "--no-block", "--job-mode=fail"],
            "stop": ["stop", "--no-block"],
            "kill": ["kill", "--signal=KILL"],
        }[action]
        print(action, self.name, flush=True)
        subprocess.run(["systemctl", *argv, self.name], check=False)


class Guard:
    """Holds the unit to the lease."""

    def __init__(self, settings, lease, unit):
        self.settings, self.lease, self.unit = settings, lease, unit
        self.wanted = True

    def look(self):
        """Gives the unit's state."""
        state = self.unit.state()
        action = decide(self.wanted, self.lease.remaining(), state, self.settings["stopSeconds"], self.settings["killSeconds"])
        if action:
            self.unit.act(action)
            if action == "kill":
                self.unit.act("stop")
        return state


def forever(guard):
    while True:
        guard.look()
        time.sleep(LOOK_SECONDS)


def run(settings, lease, guard, stopped):
    """Renews until told to stop; then until the unit has ended, and gives the lease back."""
    said = None
    while not (stopped.is_set() and guard.unit.state() in ENDED):
        guard.wanted = not stopped.is_set()
        held = lease.id
        try:
            if held or guard.wanted:
                lease.step()
            if lease.id != held:
                print("holding the lease" if lease.id else "not holding the lease", flush=True)
            said = None
        except OSError as fault:
            if str(fault) != said:
                said = str(fault)
                print(fault, flush=True)
        if stopped.is_set():
            time.sleep(LOOK_SECONDS)
        else:
            stopped.wait(settings["renewSeconds"])
    try:
        lease.release()
    except OSError as fault:
        print("the lease ends by itself:", fault, flush=True)


def keeper(settings):
    """What keeps the lease."""
    if "database" in settings:
        from bundler_lease_table import Table, statements

        return Table(statements({**settings["database"], "password": os.environ["DB_PASSWORD"]}))
    context = ssl.create_default_context(cafile=settings["ca"])
    context.load_cert_chain(settings["certificate"])
    return Etcd(settings["endpoints"], context)


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    settings.setdefault("name", socket.gethostname())
    lease = Lease(settings, keeper(settings))
    lease.adopt()
    guard = Guard(settings, lease, Unit(settings["unit"]))
    stopped = threading.Event()

    def stop(*_):
        # At once: the renewal under way may take seconds, in which a unit that has ended would be started again.
        guard.wanted = False
        stopped.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    threading.Thread(target=forever, args=(guard,), daemon=True).start()
    run(settings, lease, guard, stopped)


if __name__ == "__main__":
    main(sys.argv[1])
