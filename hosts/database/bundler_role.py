"""Says over HTTPS whether this host has the primary: 200 or 503. usage: bundler_role.py SETTINGS.json

Patroni knows, and is asked five times a second. But a Patroni that is killed takes a second or two to start again, while its
PostgreSQL goes on and its lease lives: so for a few seconds after its last yes, a Patroni that is gone, or that has just come
back and does not know yet, still counts as yes. A Patroni that hangs does not: it may have lost its lease long ago.
"""
import json
import ssl
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GONE, SILENT = "gone", "silent"


class Role:
    """What was last heard of this host's Patroni. `hold`: seconds for which its last yes outlives it."""

    def __init__(self, hold, fresh):
        self.hold, self.fresh = hold, fresh
        self.primary, self.heard_at = False, None
        self.yes_at, self.was_gone = None, False

    def heard(self, now, answer):
        """`answer`: Patroni's status, or GONE, or SILENT."""
        self.heard_at = now
        if answer == 200:
            self.primary, self.yes_at, self.was_gone = True, now, False
            return
        self.was_gone = self.was_gone or answer == GONE
        held = self.was_gone and answer != SILENT and self.yes_at is not None and now - self.yes_at < self.hold
        self.primary = held
        if not held:
            self.yes_at = None

    def is_primary(self, now):
        """Never on old news: this program may have stood still."""
        return self.primary and self.heard_at is not None and now - self.heard_at < self.fresh


def ask(url, context, timeout):
    try:
        with urllib.request.urlopen(url, timeout=timeout, context=context) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        fault.close()
        return fault.code
    except urllib.error.URLError as fault:
        return GONE if isinstance(fault.reason, (ConnectionRefusedError, ConnectionResetError)) else SILENT
    except ConnectionError:
        return GONE
    except OSError:
        return SILENT


def listen(role):
    while True:
        role.heard(time.monotonic(), ask(role.url, role.context, role.fresh))
        time.sleep(role.pause)


def handler(role):
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            self.send_response(200 if role.is_primary(time.monotonic()) else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_OPTIONS = do_HEAD = do_GET

        def log_message(self, *_):
            """Twenty-four checks a second are no news."""

    return Handler


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    tls = settings["tls"]
    role = Role(settings["holdSeconds"], settings["freshSeconds"])
    role.url, role.pause = settings["url"], settings["pollMilliseconds"] / 1000
    role.context = ssl.create_default_context(cafile=tls["ca"])
    threading.Thread(target=listen, args=(role,), daemon=True).start()
    server = ThreadingHTTPServer((settings["address"], settings["port"]), handler(role))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls["cert"], tls["key"])
    # The handshake is the thread's own: a client that says nothing holds up nobody.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
