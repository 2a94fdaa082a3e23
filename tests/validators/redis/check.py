"""Three Redis hosts from rendered files: what each user may do, replication, a failover by Sentinel, a host that comes back."""

import json
import shutil
import ssl
import subprocess
import sys

sys.path[:0] = ["/check", "/usr/local/lib/bundler/redis"]
import resp
from bench import Daemon, enter, expect, until

HOSTS = json.loads(sys.argv[1])  # [{name, address, prefix, data}]
PORTS = json.loads(sys.argv[2])  # {cache, queues, sentinel-cache, sentinel-queues}
PASSWORDS = json.loads(sys.argv[3])  # {cache, replica, sentinel}
enter([host["address"] for host in HOSTS])

tls = HOSTS[0]["prefix"] + "/run/bundler/tls-redis/"
context = ssl.create_default_context(cafile=tls + "ca.pem")
context.load_cert_chain(tls + "cert.pem", tls + "key.pem")
daemons = {}


def ask(host, daemon, *words, user=None, tls_context=context):
    with resp.Connection(host["address"], PORTS[daemon], tls_context, 3) as connection:
        if user is not None:
            connection.command("AUTH", user, PASSWORDS["cache" if user == "default" else user])
        try:
            return connection.command(*words)
        except resp.Fault as fault:
            return str(fault)


def start(host, daemon):
    """What the unit does."""
    composed = subprocess.run([sys.executable, "-B", "/usr/local/lib/bundler/redis/compose.py", f"{host['prefix']}/etc/bundler/redis/{daemon}.json"], capture_output=True, text=True)
    if composed.returncode == 0:
        program, file = ("redis-sentinel", "sentinel.conf") if daemon.startswith("sentinel") else ("redis-server", "redis.conf")
        daemons[host["name"], daemon] = Daemon(f"{host['name']}-{daemon}", [f"/usr/bin/{program}", f"{host['data']}/redis/{daemon}/{file}"], "redis")
    return composed.stdout + composed.stderr


def replicas(host):
    return int(next(line for line in ask(host, "queues", "INFO", "replication").splitlines() if line.startswith("connected_slaves")).split(":")[1])


def master(host):
    return ask(host, "sentinel-queues", "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "bundler-queues")[0]


def new():
    """Who is master now. Where three hosts share a busy machine, Sentinels may give a new master up at once, and make the next."""
    return next(host for host in HOSTS if host["address"] == master(two))


def starts_with_master(what, daemon, words):
    """The first host's daemon, started, names who is master, before or after it."""
    before = new()["address"]
    said = start(one, daemon)
    expect(what, any(words + address in said for address in (before, new()["address"])))


one, two, three = HOSTS
expect("the second host, up first, follows the first", f"under {one['address']}" in start(two, "queues"))
expect("the first host starts as master", "as master" in start(one, "queues"))
until("queues answers", lambda: ask(one, "queues", "PING") == "PONG", 20, daemons.values())
until("one replica follows", lambda: replicas(one) == 1, 20, daemons.values())
start(three, "queues")
until("two replicas follow, over TLS and with their password", lambda: replicas(one) == 2, 20, daemons.values())
until("a write is taken", lambda: ask(one, "queues", "SET", "job", "1") == "OK", 10, daemons.values())
for words in (("FLUSHALL",), ("CONFIG", "GET", "*"), ("REPLICAOF", "NO", "ONE"), ("KEYS", "*"), ("SHUTDOWN",), ("ACL", "LIST")):
    expect(f"a client may not {words[0]}", ask(one, "queues", *words).startswith("NOPERM"))
for words in (("EVAL", "return redis.call('get', KEYS[1])", "1", "job"), ("INFO",), ("CLIENT", "SETNAME", "x"), ("CLIENT", "LIST"), ("XADD", "s", "*", "a", "b"), ("BZPOPMIN", "z", "0.1")):
    expect(f"a client may {' '.join(words[:2])}", not str(ask(one, "queues", *words)).startswith(("NOPERM", "ERR", "NOREPL")))
bare = ssl.create_default_context(cafile=tls + "ca.pem")
try:
    ask(one, "queues", "PING", tls_context=bare)
    expect("a client without a certificate is refused", False)
except OSError:
    expect("a client without a certificate is refused", True)

for host in HOSTS:
    start(host, "cache")
until("cache answers with its password", lambda: ask(one, "cache", "PING", user="default") == "PONG", 20, daemons.values())
expect("cache asks for a password", ask(one, "cache", "GET", "x").startswith("NOAUTH"))
until("cache takes a write with its replicas", lambda: ask(one, "cache", "SET", "x", "1", user="default") == "OK", 20, daemons.values())
expect("the proxy's check sees the master", "role:master" in ask(one, "cache", "INFO", "replication", user="default"))

for host in HOSTS:
    for name in ("cache", "queues"):
        start(host, "sentinel-" + name)
until("every Sentinel knows the two others and both replicas", lambda: all(
    dict(zip(*[iter(ask(host, "sentinel-" + name, "SENTINEL", "MASTER", "bundler-" + name))] * 2))[field] == "2"
    for host in HOSTS for name in ("queues", "cache") for field in ("num-other-sentinels", "num-slaves")
), 40, daemons.values())
expect("a quorum can be had", ask(one, "sentinel-queues", "SENTINEL", "CKQUORUM", "bundler-queues").startswith("OK"))

daemons[one["name"], "queues"].kill()
until("Sentinel makes another one master", lambda: master(two) != one["address"], 30, daemons.values())
until("the new master takes writes, with the job still there", lambda: ask(new(), "queues", "GET", "job") == "1" and ask(new(), "queues", "SET", "job", "2") == "OK", 30, daemons.values())
starts_with_master("the old master, back, follows the new one from the start", "queues", "under ")
until("it is a replica", lambda: "role:slave" in ask(one, "queues", "INFO", "replication") and replicas(new()) == 2, 30, daemons.values())

daemons[one["name"], "queues"].kill()
for name in ("cache", "queues"):
    daemons[one["name"], "sentinel-" + name].kill()
shutil.rmtree(one["data"] + "/redis")
starts_with_master("the first host with an empty disk joins the master, not itself", "queues", "under ")
until("it has the job", lambda: ask(one, "queues", "GET", "job") == "2", 30, daemons.values())
starts_with_master("its Sentinel learns the master from the others", "sentinel-queues", "")
until("and is the same Sentinel as before: nobody counts a fourth", lambda: all(
    dict(zip(*[iter(ask(host, "sentinel-queues", "SENTINEL", "MASTER", "bundler-queues"))] * 2))["num-other-sentinels"] == "2" for host in HOSTS
), 30, daemons.values())
print("CHECKED", flush=True)
