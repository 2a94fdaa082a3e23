"""Two regions from rendered files, two Patroni members each: one follows the other, through its failover, a switch in good order,
the way back, and a loss."""

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, "/check")
from bench import Daemon, enter, environment, expect, until

GIVEN = json.loads(sys.argv[1])  # {regions: [{site, region, members: [{name, member, address, prefix, data}], etcd: [address], client}], ports, lag, version, owner}
REGIONS, PORTS, LAG, VERSION, OWNER = GIVEN["regions"], GIVEN["ports"], GIVEN["lag"], GIVEN["version"], GIVEN["owner"]
enter([address for region in REGIONS for address in [*(member["address"] for member in region["members"]), *region["etcd"], region["client"]]])

A, B = REGIONS
HOSTS = [member for region in REGIONS for member in region["members"]]
tls = HOSTS[0]["prefix"] + "/run/bundler/tls-postgres/"
context = ssl.create_default_context(cafile=tls + "ca.pem")
daemons = {}
PROGRAMS = "/usr/local/lib/bundler/"


def measured(what, began):
    print(f"measured: {what}: {time.monotonic() - began:.1f} s", flush=True)


def start_etcd(region):
    data, certificates = f"/check/etcd-{region['site']}", f"/check/etcd-tls-{region['site']}"
    subprocess.run(["install", "-d", "-o", "etcd", "-m", "0700", data, certificates], check=True)
    for name in ("ca", "cert", "key"):
        subprocess.run(["install", "-o", "etcd", "-m", "0600", f"{tls}{name}.pem", f"{certificates}/{name}.pem"], check=True)
    url = ",".join(f"https://{address}:{PORTS['etcd']}" for address in region["etcd"])
    peer = f"https://{region['etcd'][0]}:{PORTS['etcd'] + 1}"
    daemons[f"etcd {region['site']}"] = Daemon(f"etcd-{region['site']}", [
        "/usr/bin/etcd", "--name", region["site"], "--data-dir", data, "--listen-client-urls", url, "--advertise-client-urls", url, "--client-cert-auth",
        "--listen-peer-urls", peer.replace("https", "http"), "--initial-advertise-peer-urls", peer.replace("https", "http"),
        "--initial-cluster", f"{region['site']}={peer.replace('https', 'http')}",
        "--trusted-ca-file", f"{certificates}/ca.pem", "--cert-file", f"{certificates}/cert.pem", "--key-file", f"{certificates}/key.pem",
    ], "etcd")


def start(member):
    """What a host's units do."""
    prefix = member["prefix"]
    parent = f"{member['data']}/{VERSION}"
    directories = [parent, *(prefix + one for one in ("/run/patroni", "/run/postgresql", "/run/bundler-role", "/run/bundler-region", "/var/lib/bundler-region"))]
    subprocess.run(["install", "-d", "-m", "0700", "-o", "postgres", "-g", "postgres", *directories], check=True)
    variables = {**environment(prefix + "/run/bundler/database/patroni.env"), "PYTHONDONTWRITEBYTECODE": "1"}
    name = member["member"]
    daemons[f"{name} patroni"] = Daemon(f"{name}-patroni", ["/bin/sh", "-c", f"while :; do /usr/bin/patroni {prefix}/etc/patroni/config.yml; sleep 0.1; done"], "postgres", variables)
    daemons[f"{name} role"] = Daemon(f"{name}-role", ["/usr/bin/python3", "-B", PROGRAMS + "bundler_role.py", prefix + "/etc/bundler/role.json"], "postgres")
    roles = environment(prefix + "/run/bundler/database/roles.env")
    daemons[f"{name} region"] = Daemon(f"{name}-region", ["/usr/bin/python3", "-u", "-B", PROGRAMS + "bundler_region.py", prefix + "/etc/bundler/region.json"],
                                       "postgres", {**roles, "PYTHONPATH": "/check/fake"})
    # systemd starts it again, too, where PostgreSQL does not answer.
    daemons[f"{name} lag"] = Daemon(f"{name}-lag", ["/bin/sh", "-c", f"while :; do /usr/bin/python3 -u -B {PROGRAMS}bundler_lag.py {prefix}/etc/bundler/region.json; sleep 1; done"],
                                    "postgres", {"PYTHONPATH": "/check/fake"})


def lose(member):
    """Everything on a host ends at once, as with its power."""
    for what in ("lag", "region", "role", "patroni"):
        os.killpg(daemons[f"{member['member']} {what}"].process.pid, signal.SIGKILL)
    try:
        with open(f"{member['data']}/{VERSION}/main/postmaster.pid") as file:
            os.kill(int(file.readline()), signal.SIGQUIT)
    except FileNotFoundError:
        pass
    for mark in ("/run/bundler-region/open",):
        if os.path.exists(member["prefix"] + mark):
            os.remove(member["prefix"] + mark)


def status(member, path, port):
    try:
        with urllib.request.urlopen(f"https://{member['address']}:{port}{path}", timeout=3, context=context) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        fault.close()
        return fault.code
    except OSError:
        return None


def leader(region, path="/primary"):
    return next((member for member in region["members"] if status(member, path, PORTS["rest"]) == 200), None)


def writer(region):
    """The member that data proxies would send clients to."""
    return next((member for member in region["members"] if status(member, "/primary", PORTS["role"]) == 200), None)


def reader(region):
    return next((member for member in region["members"] if status(member, "/primary", PORTS["reader"]) == 200), None)


def agent(member):
    """What the timer of bundler-databases does."""
    return subprocess.run(
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", sys.executable, "-B", PROGRAMS + "database_agent.py", member["prefix"] + "/etc/bundler/database.json"],
        env={"PATH": "/usr/bin:/bin", **environment(member["prefix"] + "/run/bundler/database/roles.env")}, capture_output=True, text=True,
    )


def rebuild(member):
    """What an operator does on a host of a region that came back."""
    return subprocess.run([sys.executable, "-B", PROGRAMS + "bundler_region.py", member["prefix"] + "/etc/bundler/region.json", "rebuild"],
                          env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)


def psql(region, member, statement):
    """psql as from an application host of the region."""
    subprocess.run(["ip", "route", "replace", "table", "local", "local", member["address"], "dev", "lo", "src", region["client"]], check=True)
    asked = subprocess.run(
        ["psql", "-At", "-c", statement, f"host={member['address']} port={PORTS['postgres']} dbname=upload_service user={OWNER['name']} sslmode=verify-full sslrootcert={tls}ca.pem connect_timeout=5"],
        env={"PATH": "/usr/bin:/bin", "PGPASSWORD": OWNER["password"]}, capture_output=True, text=True,
    )
    subprocess.run(["ip", "route", "replace", "table", "local", "local", member["address"], "dev", "lo", "src", member["address"]], check=True)
    return asked


def write(region, number):
    asked = psql(region, writer(region), f"INSERT INTO t VALUES ({number})")
    expect(f"row {number} is acknowledged in {region['region']}: {asked.stderr}", asked.returncode == 0)


def has(region, member, number):
    return psql(region, member, f"SELECT count(*) FROM t WHERE n = {number}").stdout.strip() == "1"


def word(region, text):
    os.makedirs("/check/words", exist_ok=True)
    with open(f"/check/words/{region['region']}", "w") as file:
        file.write(text)


def told(region, since):
    """Lags that a region's CloudWatch was told since then."""
    path = f"/check/metrics/{region['region']}"
    if not os.path.exists(path):
        return []
    with open(path) as file:
        records = [json.loads(line) for line in file.read().splitlines()]
    metric = LAG["metric"]
    for record in records:
        [one] = record["data"]
        expect("the metric is the alarm's", (record["namespace"], one["MetricName"], one["Dimensions"]) == (metric["namespace"], metric["metric"], [metric["dimension"]]))
    return [record["data"][0]["Value"] for record in records if record["at"] >= since]


def rings(seconds):
    return seconds > LAG["mostLagSeconds"]


def watched(what):
    """Both regions are told from now on that the other is not far behind."""
    since = time.monotonic()
    until(f"{what}: both regions are told that the lag is small", lambda: all((said := told(region, since)) and not rings(said[-1]) for region in REGIONS), 60, daemons.values())
    print(f"measured: {what}: lags of {[round(told(region, since)[-1], 1) for region in REGIONS]} s were said", flush=True)


os.chmod("/check", 0o755)
subprocess.run(["install", "-d", "-o", "postgres", "/check/metrics"], check=True)
for region in REGIONS:
    start_etcd(region)
    word(region, "primary")
for member in HOSTS:
    validated = subprocess.run(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "/usr/bin/patroni", "--validate-config", member["prefix"] + "/etc/patroni/config.yml"],
                               env={"PATH": "/usr/bin:/bin", **environment(member["prefix"] + "/run/bundler/database/patroni.env")}, capture_output=True, text=True)
    expect(f"Patroni finds no fault in the file of {member['member']}: {validated.stdout}{validated.stderr}", validated.returncode == 0)

# The second region's hosts are there first, and wait for somebody to follow.
start(B["members"][0])
time.sleep(5)
start(A["members"][0])
until("the first region has a primary", lambda: leader(A), 90, daemons.values())
start(A["members"][1])
until("and a synchronous standby", lambda: any(status(one, "/sync", PORTS["rest"]) == 200 for one in A["members"]), 90, daemons.values())
until("the agent makes the databases", lambda: agent(leader(A)).returncode == 0, 30, daemons.values())
until("clients of the first region may write", lambda: writer(A), 60, daemons.values())
made = psql(A, writer(A), "CREATE TABLE t (n int); INSERT INTO t VALUES (1)")
expect(f"a table is made: {made.stderr}", made.returncode == 0)
until("the second region follows", lambda: leader(B, "/standby-leader"), 120, daemons.values())
start(B["members"][1])
until("so does its other member", lambda: all(status(one, "/health", PORTS["rest"]) == 200 for one in B["members"]), 120, daemons.values())
until("the row is there, where the reader says it may be read", lambda: reader(B) and has(B, reader(B), 1), 60, daemons.values())
expect("nobody writes in the second region", writer(B) is None and leader(B) is None and reader(A) is None)
refused = psql(B, reader(B), "INSERT INTO t VALUES (0)")
expect(f"and PostgreSQL refuses it: {refused.stderr.strip()}", "read-only transaction" in refused.stderr)
synchronous = subprocess.run(
    ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "psql", "-At", "-h", leader(A)["prefix"] + "/run/postgresql", "-c",
     "SELECT application_name, sync_state FROM pg_stat_replication ORDER BY 1"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True).stdout.split()
expect(f"only the region's own standby is synchronous: {synchronous}", [one for one in synchronous if one.endswith("|sync")] == [f"{next(m for m in A['members'] if m != leader(A))['member']}|sync"] and len(synchronous) == 2)

watched("the second region follows")

# A failover inside the first region.
lost = leader(A)
lose(lost)
began = time.monotonic()
until("the first region has another primary", lambda: (found := leader(A)) and found != lost, 60, daemons.values())
until("which clients may write to", lambda: writer(A), 30, daemons.values())
write(A, 2)
until("the second region follows that one", lambda: has(B, reader(B), 2), 60, daemons.values())
measured("from the loss of the first region's primary host until a row of its new primary is in the second region", began)
start(lost)
until("the lost member comes back", lambda: any(status(one, "/sync", PORTS["rest"]) == 200 for one in A["members"]), 120, daemons.values())
watched("after a failover inside the first region")
# The agent must not bring back what a region began with.
expect("the agent has nothing to say", "standby_cluster" not in agent(leader(A)).stdout)


def switch(source, target, text, number):
    """In good order: nothing that was acknowledged is lost."""
    write(source, number)
    began = time.monotonic()
    word(target, text)
    word(source, text)
    until("the other region takes writes", lambda: writer(target), 120, daemons.values())
    measured(f"from the word to the first region's hosts until {target['region']} takes writes", began)
    expect("and has the last row", has(target, writer(target), number))
    expect("nobody writes in the other", writer(source) is None)
    write(target, number + 1)
    until("which follows", lambda: reader(source) and has(source, reader(source), number + 1), 180, daemons.values())
    measured("until the other follows", began)
    agent(leader(target))
    time.sleep(12)
    expect("the agent leaves it the primary", leader(target) is not None and writer(target) is not None)


switch(A, B, "standby", 10)
until("the new primary has a synchronous standby", lambda: any(status(one, "/sync", PORTS["rest"]) == 200 for one in B["members"]), 120, daemons.values())
switch(B, A, "primary", 20)
until("the old primary has a synchronous standby again", lambda: any(status(one, "/sync", PORTS["rest"]) == 200 for one in A["members"]), 120, daemons.values())

watched("after a switch and the way back")

# The second region's database is gone, and nobody writes.
began = time.monotonic()
for member in B["members"]:
    lose(member)
until("both regions are told a lag that rings", lambda: all((said := told(region, began)) and rings(said[-1]) for region in REGIONS), 60, daemons.values())
measured("from the loss of the second region's database until a lag that rings was said", began)
for member in B["members"]:
    start(member)
until("the second region follows again", lambda: reader(B) and leader(B, "/standby-leader"), 120, daemons.values())
watched("after its return")

# It is there, and takes rows no more.
standby = leader(B, "/standby-leader")
receiver = subprocess.run(["pgrep", "-f", "postgres.*walreceiver"], capture_output=True, text=True).stdout.split()
of = [pid for pid in receiver if os.path.realpath(f"/proc/{pid}/cwd") == os.path.realpath(f"{standby['data']}/{VERSION}/main")]
expect(f"the standby leader has one receiver: {receiver}", len(of) == 1)
began = time.monotonic()
os.kill(int(of[0]), signal.SIGSTOP)
write(A, 25)
until("both regions are told of rows that do not arrive", lambda: all((said := told(region, began)) and rings(said[-1]) for region in REGIONS), 60, daemons.values())
measured("from a receiver that stands still until a lag that rings was said", began)
os.kill(int(of[0]), signal.SIGCONT)
watched("after it goes on")

# The first region is lost as a whole. Its parameter cannot be written.
write(A, 30)
until("the row is in the second region", lambda: has(B, reader(B), 30), 30, daemons.values())
for member in A["members"]:
    lose(member)
daemons["etcd primary"].kill()
os.remove(f"/check/words/{A['region']}")
time.sleep(1)
began = time.monotonic()
word(B, "standby")
until("the second region takes over", lambda: writer(B), 120, daemons.values())
measured("from the word until the second region takes writes without the first", began)
expect("with what it had", has(B, writer(B), 30))
write(B, 31)
since = time.monotonic()
time.sleep(3 * LAG["looks"] * LAG["lookSeconds"])
expect(f"of a region that never followed this one nothing is said, and silence rings: {told(B, since)}", told(B, since) == [])

# It comes back, with its own old word, and has to find out.
word(A, "primary")
os.utime(f"/check/words/{A['region']}", (0, 0))
start_etcd(A)
for member in A["members"]:
    start(member)
until("its database is a primary as it was", lambda: leader(A), 120, daemons.values())
seen = [writer(A) for _ in range(200) if time.sleep(0.1) is None]
expect("but no client may write there, from the first moment on", seen == [None] * 200 and writer(B) is not None)
expect("and what it has is kept", leader(A) is not None)
began = time.monotonic()
refused = rebuild(A["members"][0])
expect(f"it is not rebuilt while Patroni runs: {refused.stderr.strip()}", refused.returncode != 0 and leader(A) is not None)
for member in A["members"]:
    lose(member)
for member in A["members"]:
    done = rebuild(member)
    expect(f"{member['member']} is rebuilt: {done.stderr}", done.returncode == 0)
for member in A["members"]:
    start(member)
until("the first region follows the second", lambda: reader(A) and has(A, reader(A), 31), 240, daemons.values())
measured("from the first command until the first region follows the second again", began)
until("with both members", lambda: all(status(one, "/health", PORTS["rest"]) == 200 for one in A["members"]), 120, daemons.values())
write(B, 32)
until("and goes on following", lambda: has(A, reader(A), 32), 30, daemons.values())
watched("after the rebuild")
expect("and the second still takes writes", writer(B) is not None)
for name, daemon in daemons.items():
    if name.endswith("region"):
        print(f"--- {name}\n{daemon.tail()}", flush=True)
print("CHECKED", flush=True)
