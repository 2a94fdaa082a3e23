"""Three etcd members from rendered files: a first bootstrap, a lost disk, a lost quorum; and three witnesses over them."""

import base64
import json
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, "/check")
from bench import Daemon, enter, expect, until

HOSTS = json.loads(sys.argv[1])  # [{name, address, prefix, data}]
PORTS = json.loads(sys.argv[2])  # {client, rest, postgres}
PRIMARY, PREFIX = "10.255.0.9", sys.argv[3]
enter([host["address"] for host in HOSTS] + [PRIMARY])

tls = HOSTS[0]["prefix"] + "/run/bundler/tls-etcd/"
context = ssl.create_default_context(cafile=tls + "ca.pem")
context.load_cert_chain(tls + "cert.pem", tls + "key.pem")
members = {}
coded = lambda text: base64.b64encode(text.encode()).decode()


def call(host, path, body):
    request = urllib.request.Request(f"https://{host['address']}:{PORTS['client']}/v3/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=8, context=context) as answer:
        return json.load(answer)


def put(host, key, value):
    call(host, "kv/put", {"key": coded(key), "value": coded(value)})


def count(host, key):
    return int(call(host, "kv/range", {"key": coded(key)}).get("count", 0))


def start(host):
    """What etcd's unit does."""
    config = host["prefix"] + "/run/bundler-etcd/etcd.conf.json"
    subprocess.run(["install", "-d", "-o", "etcd", "-g", "etcd", host["prefix"] + "/run/bundler-etcd"], check=True)
    joined = subprocess.run([sys.executable, "-B", "/usr/local/lib/bundler/etcd_join.py", host["prefix"] + "/etc/bundler/etcd.conf.json", config], capture_output=True, text=True)
    if joined.returncode == 0:
        # All members share this machine's loopback, and with it the metrics' port, which is each host's own.
        with open(config) as file:
            settings = json.load(file)
        settings["listen-metrics-urls"] = f"http://{host['address']}:2381"
        with open(config, "w") as file:
            json.dump(settings, file)
        members[host["name"]] = Daemon(host["name"], ["/usr/bin/etcd", "--config-file", config], "etcd")
    return joined.returncode, joined.stdout + joined.stderr


one, two, three = HOSTS
expect("the first begins a new cluster", start(one)[1].endswith("new\n"))
until("alone it answers its peers", lambda: urllib.request.urlopen(f"https://{one['address']}:2380/members", timeout=2, context=context), 30, members.values())
expect("the second, later, still begins the same", start(two)[1].endswith("new\n"))
until("two members have a quorum", lambda: put(one, "k", "v") is None, 30, members.values())
expect("the third begins late, as part of the same bootstrap", start(three)[1].endswith("new\n"))
until("the third answers", lambda: count(three, "k") == 1, 30, members.values())
try:
    urllib.request.urlopen(f"https://{one['address']}:{PORTS['client']}/version", timeout=5, context=ssl.create_default_context(cafile=tls + "ca.pem"))
    expect("a client without a certificate is refused", False)
except OSError:
    expect("a client without a certificate is refused", True)

members["redis-3"].kill()
shutil.rmtree(three["data"])
# etcd takes no change of members while it finds the cluster unhealthy: the step then waits, and the unit asks again.
until("a member without its disk leaves and joins anew", lambda: start(three)[1].endswith(("replace\n", "add\n")), 30, members.values())
until("it has the data again", lambda: count(three, "k") == 1, 30, members.values())
expect("three members, not four", len(call(one, "cluster/member/list", {})["members"]) == 3)

listeners = [socket.create_server((PRIMARY, port)) for port in (PORTS["rest"], PORTS["postgres"])]
put(one, PREFIX + "members/db-1", json.dumps({"conn_url": f"postgres://{PRIMARY}:{PORTS['postgres']}/postgres"}))
put(one, PREFIX + "sync", json.dumps({"leader": "db-1", "sync_standby": "db-2"}))
put(one, PREFIX + "leader", "db-1")
for host in HOSTS:
    subprocess.run(["install", "-d", "-o", "etcd", host["prefix"] + "/run/bundler-witness"], check=True)
witnesses = [
    Daemon("witness-" + host["name"], [sys.executable, "-B", "/usr/local/lib/bundler/witness.py", host["prefix"] + "/etc/bundler/witness.json"], "etcd") for host in HOSTS
]
time.sleep(4)
expect("a primary that answers keeps its lease", count(one, PREFIX + "leader") == 1)
members["redis-1"].kill()
for listener in listeners:
    listener.close()
time.sleep(3)
expect("a primary whose host refuses keeps its lease: the host is there", count(two, PREFIX + "leader") == 1)
lease = call(two, "lease/grant", {"TTL": 20})["ID"]
call(two, "kv/put", {"key": coded(PREFIX + "leader"), "value": coded("db-1"), "lease": lease})
began = time.monotonic()
until("the witnesses end a lease that is not renewed, though its host is there", lambda: count(two, PREFIX + "leader") == 0, 20, witnesses)
expect(f"after seven seconds and a verdict, before its end ({time.monotonic() - began:.1f} s)", 7 < time.monotonic() - began < 13)
put(two, PREFIX + "leader", "db-1")
time.sleep(2)
subprocess.run(["ip", "address", "del", f"{PRIMARY}/32", "dev", "lo"], check=True)
began = time.monotonic()
until("the witnesses end the lost primary's lease, with one etcd member lost", lambda: count(two, PREFIX + "leader") == 0, 10, witnesses)
expect(f"within five seconds ({time.monotonic() - began:.1f} s)", time.monotonic() - began < 5)
for witness in witnesses:
    witness.process.terminate()
    expect(witness.name + " ends in order", witness.process.wait() == 0)

members["redis-3"].kill()
shutil.rmtree(three["data"])
expect("without a quorum a member without its disk waits", start(three)[0] == 75)
print("CHECKED", flush=True)
