"""What the cloud is to a machine of a group: names that point somewhere, PostgreSQL behind one of them; and the machine's own data proxy."""

import json
import os
import subprocess
import sys

import psycopg2

sys.path.insert(0, "/check")
from bench import Daemon, enter, environment, until

ABOUT = json.loads(sys.argv[1])
ONE, TWO = ABOUT["members"]
FIRST = ABOUT["databases"][0]
AUTHORITY = "/opt/bundler/database-authorities.pem"
BIN = f"/usr/lib/postgresql/{ABOUT['version']}/bin/"
HOSTS = open("/etc/hosts", encoding="utf-8").read()
daemons = {}


def begin():
    enter([*ABOUT["members"], *ABOUT["balancers"]])


def names(**addresses):
    """Makes the names point there: `postgres` at one address, `payment` at several. Those that are not named have no answer."""
    known = {"postgres": ABOUT["writerName"], "payment": ABOUT["paymentName"]}
    lines = [f"{address} {known[name]}" for name, several in addresses.items() for address in ([several] if isinstance(several, str) else several)]
    with open("/etc/hosts.new", "w", encoding="utf-8") as file:
        file.write(HOSTS + "".join(f"{line}\n" for line in lines))
    os.replace("/etc/hosts.new", "/etc/hosts")


def as_postgres(*argv, **variables):
    run = subprocess.run(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *argv], capture_output=True, text=True, cwd="/",
                         env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **variables})
    if run.returncode != 0:
        raise RuntimeError(f"{argv}: {run.stdout}{run.stderr}")
    return run.stdout


def start(address):
    daemons[address] = Daemon(f"postgres-{address}", [
        BIN + "postgres", "-D", f"/check/server/pg-{address}", "-h", address, "-p", str(ABOUT["port"]), "-k", "", "-c", "fsync=off", "-c", "shared_buffers=32MB",
        "-c", "ssl=on", "-c", "ssl_cert_file=/check/server/cert.pem", "-c", "ssl_key_file=/check/server/key.pem", "-c", "hot_standby=on",
    ], "postgres")


def administer(address, statement, database="postgres"):
    """As the cloud itself."""
    return as_postgres("psql", "-At", "-h", address, "-p", str(ABOUT["port"]), "-d", database, "-c", statement, PGPASSWORD="cloud").strip()


def first_member():
    """A database as RDS makes it: one database, and an owner who may make more; nobody without TLS."""
    subprocess.run(["install", "-d", "-o", "postgres", "-g", "postgres", "-m", "0700", "/check/server"], check=True)
    with open("/check/server/password", "w", encoding="utf-8") as file:
        file.write("cloud")
    os.chmod("/check/server/password", 0o644)
    as_postgres(BIN + "initdb", "-D", f"/check/server/pg-{ONE}", "-U", "postgres", "-A", "scram-sha-256", "--pwfile", "/check/server/password", "--no-sync", "-E", "UTF8")
    with open(f"/check/server/pg-{ONE}/pg_hba.conf", "w", encoding="utf-8") as file:
        file.write("hostssl all all all scram-sha-256\nhostssl replication postgres all scram-sha-256\n")
    start(ONE)
    until("the database takes connections", lambda: connect(ONE, ABOUT["port"], "postgres", "postgres", "cloud"), 90, daemons.values())
    administer(ONE, f"CREATE ROLE {FIRST['owner']} LOGIN CREATEDB PASSWORD '{ABOUT['password']}'")
    administer(ONE, f"CREATE DATABASE {FIRST['name']} OWNER {FIRST['owner']}")


def second_member():
    """A standby of the first, in recovery until it is promoted."""
    as_postgres(BIN + "pg_basebackup", "-d", f"host={ONE} port={ABOUT['port']} user=postgres", "-D", f"/check/server/pg-{TWO}", "-R", "-c", "fast", "--no-sync", PGPASSWORD="cloud")
    with open(f"/check/server/pg-{TWO}/postgresql.auto.conf", "a", encoding="utf-8") as file:
        file.write(f"primary_conninfo = 'host={ONE} port={ABOUT['port']} user=postgres password=cloud sslmode=require'\n")
    start(TWO)
    until("the standby answers, in recovery", lambda: administer(TWO, "SELECT pg_is_in_recovery()") == "t", 90, daemons.values())


def connect(host, port, database, user, password, seconds=5):
    connection = psycopg2.connect(host=host, port=port, dbname=database, user=user, password=password, sslmode="verify-ca", sslrootcert=AUTHORITY, connect_timeout=seconds)
    connection.autocommit = True
    return connection


def through_proxy(seconds=60):
    """A connection as PgBouncer opens it."""
    return connect("127.0.0.1", ABOUT["primaryPort"], FIRST["name"], FIRST["owner"], ABOUT["password"], seconds)


def asked(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def data_proxy():
    """HAProxy and what follows the names, as the machine's units start them."""
    # Its group is the socket's, as Debian's package has it.
    subprocess.run(["systemd-tmpfiles", "--create", "/usr/lib/tmpfiles.d/haproxy.conf"], check=True)
    daemons["haproxy"] = Daemon("haproxy", ["haproxy", "-Ws", "-f", "/etc/haproxy/haproxy.cfg"], "root", environment("/run/bundler/haproxy.env"))
    until("HAProxy has its socket", lambda: os.path.exists("/run/haproxy/admin.sock"), 30, daemons.values())
    daemons["follow"] = Daemon("follow", ABOUT["follow"], "haproxy", environment("/run/bundler/database.env"))


def cutting():
    """What cuts the sessions of a server that is down."""
    daemons["cut"] = Daemon("cut", ABOUT["cut"], "haproxy")


def pgbouncer():
    daemons["pgbouncer"] = Daemon("pgbouncer", ["pgbouncer", "/etc/pgbouncer/pgbouncer.ini"], "postgres")
