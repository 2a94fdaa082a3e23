"""Runs one systemd unit on exactly one host: the one that holds a lease in etcd.

usage: bundler_singleton.py SETTINGS.json
SETTINGS: {"key", "host", "unit", "leaseSeconds", "renewSeconds", "stopSeconds", "endpoints", "ca", "cert", "key_file"}
The unit is stopped, by force if need be, before the lease can have ended: the time that counts is when a renewal was
sent, not when it was answered. The lease is long enough that the stop fits into it.
"""
import base64
import json
import signal
import ssl
import subprocess
import sys
import time
import urllib.request


def decide(now, held_until, stop_seconds, running):
    """What to do: `stop` when the lease may end before a stop is over, `start` when it is safe, else `keep`."""
    safe = held_until is not None and now < held_until - stop_seconds
    if running and not safe:
        return "stop"
    if not running and safe:
        return "start"
    return "keep"


def encode(text):
    return base64.b64encode(text.encode()).decode()


class Etcd:
    """etcd's JSON gateway; the endpoints are tried in turn."""

    def __init__(self, endpoints, context, timeout=1.0):
        self.endpoints, self.context, self.timeout = list(endpoints), context, timeout

    def call(self, path, body):
        fault = None
        for endpoint in list(self.endpoints):
            request = urllib.request.Request(f"{endpoint}/v3/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=self.timeout, context=self.context) as answer:
                    return json.load(answer)
            except OSError as why:
                fault = why
                self.endpoints.append(self.endpoints.pop(0))
        raise fault

    def grant(self, seconds):
        return self.call("lease/grant", {"TTL": seconds})["ID"]

    def renew(self, lease):
        """True while the lease lives."""
        return int(self.call("lease/keepalive", {"ID": lease}).get("result", {}).get("TTL", 0)) > 0

    def revoke(self, lease):
        self.call("lease/revoke", {"ID": lease})

    def take(self, key, host, lease):
        """Makes the key this host's if it is nobody's."""
        answer = self.call(
            "kv/txn",
            {
                "compare": [{"key": encode(key), "target": "CREATE", "create_revision": "0"}],
                "success": [{"request_put": {"key": encode(key), "value": encode(host), "lease": lease}}],
            },
        )
        return bool(answer.get("succeeded"))


class Holder:
    """The lease, and until when it certainly lives."""

    def __init__(self, etcd, settings, clock=time.monotonic):
        self.etcd, self.settings, self.clock = etcd, settings, clock
        self.lease, self.held_until = None, None

    def step(self):
        """Takes or renews. A fault leaves what is known: the lease ends by itself."""
        sent = self.clock()
        try:
            if self.held_until is not None and sent < self.held_until:
                if not self.etcd.renew(self.lease):
                    self.lease, self.held_until = None, None
                    return
            else:
                self.held_until = None
                self.lease = self.etcd.grant(self.settings["leaseSeconds"])
                if not self.etcd.take(self.settings["key"], self.settings["host"], self.lease):
                    self.etcd.revoke(self.lease)
                    return
            self.held_until = sent + self.settings["leaseSeconds"]
        except (OSError, ValueError, KeyError) as fault:
            print(f"etcd: {type(fault).__name__}: {fault}", flush=True)

    def release(self):
        if self.held_until is not None:
            self.etcd.revoke(self.lease)


def systemctl(*words):
    return subprocess.run(["systemctl", *words], check=False).returncode


def stop(unit, seconds):
    """An orderly stop for as long as there is time, then the end."""
    systemctl("stop", "--no-block", unit)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if systemctl("is-active", "--quiet", unit) != 0 and systemctl("is-failed", "--quiet", unit) in (0, 1):
            state = subprocess.run(["systemctl", "show", "-P", "ActiveState", unit], check=False, capture_output=True, text=True).stdout.strip()
            if state in ("inactive", "failed"):
                return
        time.sleep(0.2)
    systemctl("kill", "-s", "KILL", unit)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    context = ssl.create_default_context(cafile=settings["ca"])
    context.load_cert_chain(settings["cert"], settings["key_file"])
    holder = Holder(Etcd(settings["endpoints"], context), settings)
    ending = []
    signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
    unit, grace = settings["unit"], settings["stopSeconds"]
    while not ending:
        holder.step()
        running = systemctl("is-active", "--quiet", unit) == 0
        # One second for the kill that ends a stop that was too slow.
        action = decide(time.monotonic(), holder.held_until, grace + 1, running)
        if action == "start":
            print(f"this host runs {unit}", flush=True)
            systemctl("start", "--no-block", unit)
        elif action == "stop":
            print(f"this host no longer runs {unit}", flush=True)
            stop(unit, grace)
        time.sleep(settings["renewSeconds"])
    stop(unit, grace)
    holder.release()


if __name__ == "__main__":
    main()
