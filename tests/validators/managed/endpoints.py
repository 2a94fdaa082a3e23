"""A real PostgreSQL with a standby, a real HAProxy with the rendered file, and bundler_endpoints.py between a name and them."""

import http.client
import http.server
import os
import signal
import threading
import time

import cloud
from cloud import ABOUT, ONE, TWO, administer, asked, daemons, names, through_proxy
from bench import expect, until

cloud.begin()


class Answer(http.server.BaseHTTPRequestHandler):
    """payment-service behind an address of the internal load balancer."""

    def do_GET(self):
        body = self.server.server_address[0].encode()
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            pass  # A check has read enough.

    def log_message(self, *_):
        pass


for address in ABOUT["balancers"]:
    threading.Thread(target=http.server.ThreadingHTTPServer((address, ABOUT["paymentPort"]), Answer).serve_forever, daemon=True).start()


def got(port, path="/"):
    """Status and text of an answer on loopback."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def believed():
    return got(ABOUT["writerPort"])[0] == 200


def served_by(connection):
    return asked(connection, "SELECT host(inet_server_addr())")


def is_cut(connection):
    try:
        asked(connection, "SELECT 1")
        return False
    except cloud.psycopg2.Error:
        return True


class Waiting(threading.Thread):
    """A client that connects, and waits for as long as it takes."""

    def __init__(self):
        super().__init__(daemon=True)
        self.connection, self.fault = None, None
        self.start()

    def run(self):
        try:
            self.connection = through_proxy()
        except cloud.psycopg2.Error as fault:
            self.fault = fault


cloud.first_member()
cloud.second_member()
cloud.data_proxy()

# Until the first move nothing else cuts sessions.
until("the agent says that there is no writer", lambda: not believed(), 60, daemons.values())
early = Waiting()
early.join(3)
expect(f"without an answer of the name a client waits, and is not refused: {early.fault!r}", early.is_alive() and early.fault is None)

names(postgres=ONE, payment=ABOUT["balancers"])
early.join(60)
expect(f"with one it is served, and not sooner: {early.fault!r}", early.connection is not None)
expect("by the address of the name", served_by(early.connection) == ONE)
expect("over TLS to the database", asked(early.connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") is True)
until("payment is asked at every address of its name", lambda: {got(ABOUT["proxyPaymentPort"])[1] for _ in range(6)} == set(ABOUT["balancers"]), 60, daemons.values())
names(postgres=ONE, payment=ABOUT["balancers"][1])
until("and only at those that it still has", lambda: [got(ABOUT["proxyPaymentPort"]) for _ in range(6)] == [(200, ABOUT["balancers"][1])] * 6, 60, daemons.values())
expect("which is nothing to the database's sessions", asked(early.connection, "SELECT 1") == 1)

names()
time.sleep(3)
expect("a name without an answer is no news: sessions go on", asked(early.connection, "SELECT 1") == 1)
expect("and new ones are served", served_by(through_proxy()) == ONE)

expect("the standby is in recovery", administer(TWO, "SELECT pg_is_in_recovery()") == "t")
names(postgres=TWO)
until("a move of the name cuts the sessions with the old address", lambda: is_cut(early.connection), 30, daemons.values())
cloud.cutting()
late = Waiting()
late.join(5)
expect(f"nobody is sent to a server in recovery: {late.fault!r}, {late.connection and served_by(late.connection)}", late.is_alive() and late.fault is None)
expect("which is not believed to be the writer", not believed())
expect("and has had no session of the application's", administer(TWO, f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{cloud.FIRST['owner']}' AND application_name <> 'bundler_endpoints'") == "0")
expect("though the old one would still take writes", administer(ONE, "SELECT pg_is_in_recovery()") == "f")
administer(TWO, "SELECT pg_promote()")
late.join(60)
expect(f"once it is the writer, who waited is served by it: {late.fault!r}", late.connection is not None and served_by(late.connection) == TWO)
expect("and may write", asked(late.connection, "CREATE TABLE t (n int); INSERT INTO t VALUES (7) RETURNING n") == 7)

# Silent, as a host is that is gone: what is sent to it is taken, and never answered.
held = until("the agent believes it", believed, 30, daemons.values()) and through_proxy()
postmaster = daemons[TWO].process.pid
processes = [postmaster, *(int(pid) for pid in open(f"/proc/{postmaster}/task/{postmaster}/children", encoding="utf-8").read().split())]
for pid in processes:
    os.kill(pid, signal.SIGSTOP)
frozen = time.monotonic()
yes = []
while True:
    at = time.monotonic()
    if not believed() or at - frozen > 10 * ABOUT["holdSeconds"]:
        break
    yes.append(at - frozen)
    time.sleep(0.02)
expect(f"a silent server is believed for a moment only: the last yes after {max(yes, default=0):.2f} s", max(yes, default=0) < ABOUT["holdSeconds"])
cut = threading.Thread(target=is_cut, args=(held,), daemon=True)
cut.start()
cut.join(60)
expect("and sessions with it are cut, though it says nothing", not cut.is_alive())
for pid in processes:
    os.kill(pid, signal.SIGCONT)
expect("when it answers again it is used again", served_by(through_proxy()) == TWO)

os.kill(postmaster, signal.SIGQUIT)
daemons[TWO].process.wait()
until("a server that ended is no writer", lambda: not believed(), 30, daemons.values())
names(postgres=ONE)
expect("and the next address of the name is used", served_by(through_proxy()) == ONE)
print("CHECKED", flush=True)
