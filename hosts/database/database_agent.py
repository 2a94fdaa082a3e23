"""Holds a running cluster to this host's files, if this host is its primary. usage: database_agent.py SETTINGS.json

Patroni reads bootstrap.dcs only when the cluster is made, so a changed ttl or parameter would never arrive: the primary
compares Patroni's dynamic configuration with the file and patches the difference. Only the primary does, because during a
rolling replacement hosts have different files and must not take turns. It also makes the application's databases and keeps
every role's password in line with its secret. It writes nothing when nothing differs.
"""

import base64
import hashlib
import hmac
import json
import os
import ssl
import sys
import time
import urllib.request

EXACT = ("postgresql", "parameters")  # here a key that the file no longer has is removed; elsewhere (pause) it is an operator's
ITERATIONS = 4096
# On a new host PostgreSQL comes up within these; asking here is cheaper than starting again.
CONNECT_ATTEMPTS, CONNECT_PAUSE_SECONDS = 30, 1.0


def difference(current, wanted, path=()):
    """The merge patch that turns `current` into `wanted`, or {} when nothing differs."""
    patch = {}
    for key, value in wanted.items():
        if isinstance(value, dict):
            inner = difference(current.get(key) or {}, value, path + (key,))
            if inner:
                patch[key] = inner
        elif key not in current or current[key] != value:
            patch[key] = value
    if path == EXACT:
        patch.update({key: None for key in current if key not in wanted})
    return patch


def scram_verifier(password, salt, iterations=ITERATIONS):
    """What PostgreSQL stores for a password (RFC 5802), so that the password itself never reaches a statement or a log."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = lambda raw: base64.b64encode(raw).decode()
    return f"SCRAM-SHA-256${iterations}:{text(salt)}${text(stored)}:{text(server)}"


def password_matches(verifier, password):
    """Whether the stored verifier is of this password. Anything but SCRAM does not match and is replaced."""
    try:
        method, parameters, _ = (verifier or "").split("$")
        iterations, salt = parameters.split(":")
        if method != "SCRAM-SHA-256":
            return False
        return hmac.compare_digest(scram_verifier(password, base64.b64decode(salt), int(iterations)), verifier)
    except ValueError:
        return False


def required(variable):
    value = os.environ.get(variable)
    if not value:
        sys.exit(f"environment variable {variable} is not set: it must come from this unit's EnvironmentFile")
    return value


class Rest:
    """Patroni's REST interface on this host."""

    def __init__(self, settings):
        self.url = settings["rest"]["url"]
        self.context = ssl.create_default_context(cafile=settings["tls"]["ca"])
        self.context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])
        password = required(settings["rest"]["passwordVariable"])
        self.token = base64.b64encode(f"{settings['rest']['user']}:{password}".encode()).decode()

    def call(self, method, path, body=None, timeout=10):
        """The answer's text."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {self.token}"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=timeout, context=self.context) as answer:
            return answer.read().decode()


def wanted_configuration(path):
    """What the file says of a new cluster, but for whom it follows: that is no file's to say once the cluster is there."""
    import yaml

    with open(path, encoding="utf-8") as file:
        wanted = yaml.safe_load(file)["bootstrap"]["dcs"]
    wanted.pop("standby_cluster", None)
    return wanted


def hold_configuration(rest, wanted):
    patch = difference(json.loads(rest.call("GET", "/config")), wanted)
    if patch:
        rest.call("PATCH", "/config", patch)
        print("dynamic configuration changed:", json.dumps(patch), flush=True)


def hold_roles(cursor, sql, roles):
    for role in roles:
        name, password = role["name"], required(role["passwordVariable"])
        cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (name,))
        row = cursor.fetchone()
        if row is None:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
            print(f"role {name} made", flush=True)
        if row is None or not password_matches(row[0], password):
            verifier = scram_verifier(password, os.urandom(16))
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(verifier)))
            print(f"password of role {name} set from its secret", flush=True)


def hold_databases(cursor, sql, databases):
    for database in databases:
        name, owner = sql.Identifier(database["name"]), sql.Identifier(database["owner"])
        cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", (database["name"],))
        row = cursor.fetchone()
        if row is None:
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
            print(f"database {database['name']} made", flush=True)
        elif row[0] != database["owner"]:
            cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))
            print(f"database {database['name']} given to {database['owner']}", flush=True)


def main(path):
    import psycopg2
    from psycopg2 import sql

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    connection = None
    for _ in range(CONNECT_ATTEMPTS):
        try:
            connection = psycopg2.connect(
                host=settings["socketDirectory"], port=settings["port"], user=settings["superuser"], dbname="postgres",
                connect_timeout=5, options="-c statement_timeout=30s",
            )
            break
        except psycopg2.OperationalError as fault:
            said = str(fault).strip()
            time.sleep(CONNECT_PAUSE_SECONDS)
    if connection is None:
        print("PostgreSQL does not take connections yet, the timer asks again:", said, flush=True)
        return
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        if cursor.fetchone()[0]:
            return
        hold_roles(cursor, sql, settings["roles"])
        hold_databases(cursor, sql, settings["databases"])
    # Last: the application needs its databases whether or not Patroni takes a change.
    hold_configuration(Rest(settings), wanted_configuration(settings["patroni"]))
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1])
