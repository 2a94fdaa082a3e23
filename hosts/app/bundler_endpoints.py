"""Follows the names of managed services: keeps the data proxy's servers at the addresses that the names have now, and says
whether the database there takes writes.

usage: bundler_endpoints.py SETTINGS.json
SETTINGS: {"socket", "pauseSeconds", "endpoints": [{"backend", "servers", "name", "port"}],
           "database": {"backend", "port", "database", "user", "authority", "holdSeconds"}, "writer": PORT, "reader": PORT or absent}
A failover of a managed service is a change of its name's answer. HAProxy's own resolvers would move a server too, but leave
the sessions that it has with the old address, where a deposed writer may still answer, and send new ones to the new address
on the old one's good name. Here the server is down until it has been checked where it is now, its sessions are cut, and the
database is believed to be the writer only at the address that the server has. A region that waits for its turn has readers
only: they are offered for as long as there is no writer.
"""
import http.server
import json
import os
import socket
import sys
import threading
import time

from bundler_cut import ask, established

# A server without an address: nothing listens there.
NOWHERE = ("127.0.0.1", 1)


def resolve(name, port):
    """IPv4 addresses of a name, in order, so that every machine fills its servers alike."""
    return sorted({found[4][0] for found in socket.getaddrinfo(name, port, socket.AF_INET, socket.SOCK_STREAM)})


def servers_of(state, backend):
    """Server → (address, port), out of `show servers state`."""
    rows = [line.split() for line in state.splitlines()]
    fields = next((row[1:] for row in rows if row[:1] == ["#"]), [])
    return {
        row["srv_name"]: (row["srv_addr"], int(row["srv_port"]))
        for row in (dict(zip(fields, values)) for values in rows if values and values[0].isdigit() and len(values) > 1)
        if row.get("be_name") == backend
    }


def placed(servers, addresses, port, now):
    """Server → where it belongs. A server keeps its address while the name still has it: one that left moves no other."""
    wanted = [(address, port) for address in addresses]
    kept = {}
    for server in servers:
        if now.get(server) in wanted:
            kept[server] = now[server]
            wanted.remove(now[server])
    return {server: kept.get(server) or (wanted.pop(0) if wanted else NOWHERE) for server in servers}


def step(endpoint, say, ask_proxy, resolve_name=resolve):
    """Moves the servers of one backend to where its name points. Gives what was moved."""
    try:
        addresses = resolve_name(endpoint["name"], endpoint["port"])
    except OSError:
        return []  # No answer is no news: servers stay where they are.
    backend, now = endpoint["backend"], servers_of(ask_proxy(f"show servers state {endpoint['backend']}"), endpoint["backend"])
    moved = []
    for server, (address, port) in placed(endpoint["servers"], addresses, endpoint["port"], now).items():
        if now.get(server) == (address, port):
            continue
        # Nobody goes to the new address before a check has been there: HAProxy goes on believing the old one's. Once more after the move, for a check that was under way.
        down = f"set server {backend}/{server} health down"
        ask_proxy(f"{down}; set server {backend}/{server} addr {address} port {port}; {down}")
        for session in established(ask_proxy("show sess"), {(backend, server)}):
            ask_proxy(f"shutdown session {session}")
        say(f"{endpoint['name']} is at {address} now")
        moved.append(server)
    return moved


class Member:
    """Whether the database at the address that the data proxy has is a writer, or with `follows` a reader."""

    def __init__(self, hold_seconds, address_of, connect, follows=False, now=time.monotonic):
        self.hold_seconds, self.address_of, self.connect, self.follows, self.now = hold_seconds, address_of, connect, follows, now
        self.connection, self.at, self.answer = None, None, (None, None, 0.0)

    def look(self):
        address = self.address_of()
        if address != self.at or self.connection is None:
            self.drop()
            self.connection, self.at = self.connect(address), address
        began = self.now()
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            self.answer = (address, cursor.fetchone()[0], began)

    def drop(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def says_yes(self):
        """A yes outlives a database that does not answer for a moment only, and never a move."""
        address, follows, at = self.answer
        return follows == self.follows and address == self.address_of() and self.now() - at < self.hold_seconds


def answering(says_yes):
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if says_yes() else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    return Answer


def forever(work, pause, say):
    """Repeats, and says a fault once for as long as it lasts."""
    said = None
    while True:
        try:
            work()
            said = None
        except Exception as fault:
            if str(fault) != said:
                said = str(fault)
                say(f"{type(fault).__name__}: {said.strip()}")
        time.sleep(pause)


def main(path):
    import psycopg2

    def say(what):
        print(what, flush=True)

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    wanted, pause = settings["database"], settings["pauseSeconds"]

    def ask_proxy(command):
        return ask(settings["socket"], command)

    def address_of(server):
        return servers_of(ask_proxy(f"show servers state {wanted['backend']}"), wanted["backend"]).get(server, NOWHERE)[0]

    def connect(address):
        if address == NOWHERE[0]:
            raise OSError("the database's name has had no answer yet")
        connection = psycopg2.connect(
            host=address, port=wanted["port"], dbname=wanted["database"], user=wanted["user"], password=os.environ["DB_PASSWORD"],
            sslmode="verify-ca", sslrootcert=wanted["authority"], connect_timeout=2, tcp_user_timeout=wanted["holdSeconds"] * 1000,
            application_name="bundler_endpoints",
        )
        connection.autocommit = True
        return connection

    def member(server, follows):
        return Member(wanted["holdSeconds"], lambda: address_of(server), connect, follows)

    writer = member("writer", False)
    answers = {settings["writer"]: writer.says_yes}
    members = [writer]
    if "reader" in settings:
        reader = member("reader", True)
        members.append(reader)
        answers[settings["reader"]] = lambda: reader.says_yes() and not writer.says_yes()

    def look(one):
        try:
            one.look()
        except Exception:
            one.drop()
            raise

    # A thread each: a resolver or a database that is slow holds up no other.
    work = [lambda one=endpoint: step(one, say, ask_proxy) for endpoint in settings["endpoints"]] + [lambda one=one: look(one) for one in members]
    threads = [threading.Thread(target=forever, args=(one, pause, say)) for one in work]
    for port, says_yes in answers.items():
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), answering(says_yes))
        threads.append(threading.Thread(target=server.serve_forever))
    for thread in threads:
        thread.start()


if __name__ == "__main__":
    main(sys.argv[1])
