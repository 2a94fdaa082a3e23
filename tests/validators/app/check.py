"""Starts PgBouncer with the host's own files and asks it what it serves."""

import json
import sys
import time

import psycopg2

import bench

user, password, port, expected = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
bench.enter([])
daemon = bench.Daemon("pgbouncer", ["pgbouncer", "/etc/pgbouncer/pgbouncer.ini"], "postgres")


def connect(secret):
    connection = psycopg2.connect(host="127.0.0.1", port=port, user=user, password=secret, dbname="pgbouncer", connect_timeout=2)
    connection.autocommit = True
    return connection


deadline = time.monotonic() + 10
while True:
    try:
        cursor = connect(password).cursor()
        break
    except psycopg2.OperationalError:
        if time.monotonic() > deadline:
            with open(daemon.path, encoding="utf-8") as log:
                raise SystemExit(log.read()) from None
        time.sleep(0.2)

cursor.execute("SHOW DATABASES")
columns = [column.name for column in cursor.description]
rows = [dict(zip(columns, row)) for row in cursor.fetchall()]
shown = {row["name"]: row["pool_mode"] or "transaction" for row in rows if row["name"] != "pgbouncer"}
assert shown == expected, shown
try:
    connect("wrong")
    raise SystemExit("a wrong password was taken")
except psycopg2.OperationalError as refusal:
    assert "password" in str(refusal) or "SASL" in str(refusal), refusal
daemon.kill()
print("CHECKED")
