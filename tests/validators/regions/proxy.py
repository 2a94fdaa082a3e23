"""The data proxy and the edge of a region that waits, and then takes over, before database hosts that say what they are told to."""

import http.client
import json
import os
import socket
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, "/check")
from bench import Daemon, enter, expect, until

GIVEN = json.loads(sys.argv[1])  # {members: [address], ports: {postgres, role, reader, primary, writer}, api: [address], apiPorts: [port], domain, path}
MEMBERS, PORTS, API = GIVEN["members"], GIVEN["ports"], GIVEN["api"]
enter([*MEMBERS, *API])

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/run/bundler/tls-app/combined.pem")
says = {(address, PORTS["role"]): 404 for address in MEMBERS} | {(address, PORTS["reader"]): 503 for address in MEMBERS}


def answer(key):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(says[key] if key in says else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler


def serve(address, port, secure):
    server = ThreadingHTTPServer((address, port), answer((address, port)))
    if secure:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def database(address):
    """Says its address to whoever connects."""
    listening = socket.create_server((address, PORTS["postgres"]))
    while True:
        connection, _ = listening.accept()
        connection.sendall(address.encode())
        connection.close()


for address, port in says:
    serve(address, port, True)
for address in MEMBERS:
    threading.Thread(target=database, args=(address,), daemon=True).start()
# Only this API host has a data proxy here; it is the one that the edge finds well.
for port in GIVEN["apiPorts"]:
    serve(API[0], port, False)
os.makedirs("/run/haproxy", exist_ok=True)
os.makedirs("/check/edge", exist_ok=True)
proxy = Daemon("proxy", ["/usr/sbin/haproxy", "-db", "-f", "/etc/haproxy/haproxy.cfg"], "root", {"REDIS_CACHE_PASSWORD": "x"})
edge = Daemon("edge", ["/usr/sbin/haproxy", "-db", "-f", "/check/edge.cfg"], "root")


def asked(address, port, path="/", secure=None):
    connection = http.client.HTTPConnection(address, port, timeout=3) if secure is None else http.client.HTTPSConnection(address, port, timeout=3, context=secure)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def reached():
    """Which database a pool's new connection comes to; None while it waits."""
    with socket.create_connection(("127.0.0.1", PORTS["primary"]), 2) as connection:
        connection.settimeout(1)
        try:
            return connection.recv(64).decode() or None
        except TimeoutError:
            return None


anybody = ssl._create_unverified_context()
both = [proxy, edge]


def route53():
    return asked("127.0.0.1", 443, GIVEN["path"], anybody)


one, two = MEMBERS[0], MEMBERS[1]
says[(one, PORTS["reader"])] = 200
until("a region that waits is read at its standby leader", lambda: reached() == one, 10, both)
expect("workers are held", asked("127.0.0.1", PORTS["writer"]) == 503)
until("and Route 53 is told so", lambda: route53() == 503, 10, both)
says[(one, PORTS["reader"])], says[(two, PORTS["reader"])] = 503, 200
until("another standby leader is read", lambda: reached() == two, 10, both)
says[(two, PORTS["reader"])], says[(two, PORTS["role"])] = 503, 200
until("the region takes writes", lambda: asked("127.0.0.1", PORTS["writer"]) == 200 and reached() == two, 10, both)
until("which Route 53 is told", lambda: route53() == 200, 10, both)
says[(two, PORTS["role"])] = 503
until("clients are kept out", lambda: asked("127.0.0.1", PORTS["writer"]) == 503 and reached() is None, 10, both)
until("which Route 53 is told too", lambda: route53() == 503, 10, both)
says[(one, PORTS["role"])] = 200
until("a failover inside the region is followed", lambda: reached() == one and route53() == 200, 10, both)
print("CHECKED", flush=True)
