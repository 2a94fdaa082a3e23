"""Two Patroni members from rendered files: bootstrap, replication over TLS, roles and databases by the agent, a lost primary."""

import json
import os
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request

import yaml

sys.path.insert(0, "/check")
from bench import Daemon, enter, environment, expect, until

MEMBERS = json.loads(sys.argv[1])  # [{name, address, prefix, data}]
ETCD = json.loads(sys.argv[2])  # {addresses, port}
PORTS = json.loads(sys.argv[3])  # {rest, postgres}
CLIENT, FOREIGN, VERSION, ROLES = sys.argv[4], sys.argv[5], sys.argv[6], json.loads(sys.argv[7])
enter([member["address"] for member in MEMBERS] + ETCD["addresses"] + [CLIENT, FOREIGN])

one, two = MEMBERS
tls = one["prefix"] + "/run/bundler/tls-postgres/"
context = ssl.create_default_context(cafile=tls + "ca.pem")

# One etcd, on all of the rendered addresses: etcd's own files have their own check.
subprocess.run(["install", "-d", "-o", "etcd", "-m", "0700", "/check/etcd", "/check/etcd-tls"], check=True)
for name in ("ca", "cert", "key"):
    subprocess.run(["install", "-o", "etcd", "-m", "0600", f"{tls}{name}.pem", f"/check/etcd-tls/{name}.pem"], check=True)
url = ",".join(f"https://{address}:{ETCD['port']}" for address in ETCD["addresses"])
etcd = Daemon("etcd", [
    "/usr/bin/etcd", "--data-dir", "/check/etcd", "--listen-client-urls", url, "--advertise-client-urls", url, "--client-cert-auth",
    "--trusted-ca-file", "/check/etcd-tls/ca.pem", "--cert-file", "/check/etcd-tls/cert.pem", "--key-file", "/check/etcd-tls/key.pem",
], "etcd")
daemons = {"etcd": etcd}


def variables(member):
    return {**environment(member["prefix"] + "/run/bundler/database/patroni.env"), "PYTHONDONTWRITEBYTECODE": "1"}


def start(member):
    """What Patroni's unit does."""
    parent = f"{member['data']}/{VERSION}"
    subprocess.run(["install", "-d", "-m", "0700", "-o", "postgres", "-g", "postgres", parent, member["prefix"] + "/run/patroni", member["prefix"] + "/run/postgresql"], check=True)
    daemons[member["name"]] = Daemon(member["name"], ["/usr/bin/patroni", member["prefix"] + "/etc/patroni/config.yml"], "postgres", variables(member))


def status(member, path):
    try:
        with urllib.request.urlopen(f"https://{member['address']}:{PORTS['rest']}{path}", timeout=3, context=context) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        return fault.code


def agent(member):
    return subprocess.run(
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", sys.executable, "-B", "/usr/local/lib/bundler/database_agent.py", member["prefix"] + "/etc/bundler/database.json"],
        env={"PATH": "/usr/bin:/bin", **environment(member["prefix"] + "/run/bundler/database/roles.env")}, capture_output=True, text=True,
    )


for member in MEMBERS:
    validated = subprocess.run(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "/usr/bin/patroni", "--validate-config", member["prefix"] + "/etc/patroni/config.yml"],
                               env={"PATH": "/usr/bin:/bin", **variables(member)}, capture_output=True, text=True)
    expect(f"Patroni finds no fault in the file of {member['name']}: {validated.stdout}{validated.stderr}", validated.returncode == 0)

start(one)
until("the first member is primary", lambda: status(one, "/primary") == 200, 90, daemons.values())
start(two)
until("the second is a synchronous standby", lambda: status(two, "/sync") == 200, 90, daemons.values())

done = agent(one)
expect(f"the agent ends well: {done.stderr}", done.returncode == 0)
expect("it makes the databases", "database payment_service made" in done.stdout and "database upload_service made" in done.stdout)
expect("asked again, it changes nothing", agent(one).stdout == "")
expect("on a standby it does nothing", (agent(two).returncode, agent(two).stdout) == (0, ""))

owner, password = ROLES["owner"], ROLES["ownerPassword"]


def come_from(member, source):
    subprocess.run(["ip", "route", "replace", "table", "local", "local", member["address"], "dev", "lo", "src", source], check=True)


def psql(member, source, database, user, secret, statement, sslmode="verify-full"):
    """psql as from another machine: for its time the route to the member gives connections this source address, which pg_hba judges."""
    come_from(member, source)
    asked = subprocess.run(
        ["psql", "-At", "-c", statement, f"host={member['address']} port={PORTS['postgres']} dbname={database} user={user} sslmode={sslmode} sslrootcert={tls}ca.pem connect_timeout=5"],
        env={"PATH": "/usr/bin:/bin", "PGPASSWORD": secret}, capture_output=True, text=True,
    )
    come_from(member, member["address"])
    return asked


made = psql(one, CLIENT, "upload_service", owner, password, "CREATE TABLE t (n int); INSERT INTO t VALUES (1); SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
expect(f"the application's owner makes tables, over TLS: {made.stdout}{made.stderr}", made.returncode == 0 and made.stdout.strip().endswith("t"))
plain = psql(one, CLIENT, "upload_service", owner, password, "SELECT 1", sslmode="disable")
expect("not without TLS", "no pg_hba.conf entry" in plain.stderr)
expect("not with another password", "password authentication failed" in psql(one, CLIENT, "upload_service", owner, "wrong", "SELECT 1").stderr)
expect("not from elsewhere", "no pg_hba.conf entry" in psql(one, FOREIGN, "upload_service", owner, password, "SELECT 1").stderr)
expect("not to another database", "no pg_hba.conf entry" in psql(one, CLIENT, "postgres", owner, password, "SELECT 1").stderr)

settings_path = one["prefix"] + "/etc/patroni/config.yml"
with open(settings_path) as file:
    settings = yaml.safe_load(file)
settings["bootstrap"]["dcs"]["ttl"] = 33
settings["bootstrap"]["dcs"]["postgresql"]["parameters"]["work_mem"] = "7MB"
with open(settings_path, "w") as file:
    yaml.safe_dump(settings, file)
roles_path = one["prefix"] + "/run/bundler/database/roles.env"
with open(roles_path) as file:
    text = file.read()
with open(roles_path, "w") as file:
    file.write(text.replace(password, "rotated1"))
come_from(one, FOREIGN)
foreign = agent(one)
expect("Patroni takes no change from elsewhere, even with certificate and password", "HTTP Error 403" in foreign.stderr)
expect("and the rotated password is in line all the same", f"password of role {owner} set" in foreign.stdout)
come_from(one, one["address"])
changed = agent(one)
expect(f"a changed ttl reaches the running cluster: {changed.stdout}{changed.stderr}", '"ttl": 33' in changed.stdout)
# Patroni answers from its last look at etcd, which is a loop old; the timer asks far more rarely.
until("asked again, it changes nothing", lambda: agent(one).stdout == "", 20, daemons.values())
until("the rotated password works", lambda: psql(one, CLIENT, "upload_service", owner, "rotated1", "SHOW work_mem").stdout.strip() == "7MB", 20, daemons.values())
request = urllib.request.Request(f"https://{one['address']}:{PORTS['rest']}/restart", b"{}", method="POST")
try:
    urllib.request.urlopen(request, timeout=5, context=context)
    expect("an unsafe call without a certificate and a password is refused", False)
except urllib.error.HTTPError as fault:
    expect(f"an unsafe call without a certificate and a password is refused ({fault.code})", fault.code in (401, 403))

daemons["db-1"].kill()
with open(f"{one['data']}/{VERSION}/main/postmaster.pid") as file:
    postmaster = int(file.readline())
until("PostgreSQL outlives Patroni", lambda: os.kill(postmaster, 0) is None, 2)
os.kill(postmaster, signal.SIGQUIT)
until("the standby is primary after the old one's lease", lambda: status(two, "/primary") == 200, 60, daemons.values())
until("with the row that was acknowledged", lambda: psql(two, CLIENT, "upload_service", owner, "rotated1", "SELECT n FROM t").stdout.strip() == "1", 20, daemons.values())
start(one)
until("the old primary comes back as a synchronous standby by itself", lambda: status(one, "/sync") == 200, 90, daemons.values())
for name in ("db-1", "db-2"):
    daemons[name].process.send_signal(signal.SIGTERM)
    daemons[name].process.wait(60)
print("CHECKED", flush=True)
