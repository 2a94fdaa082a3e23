"""Says over HTTPS whether this host has the primary. usage: bundler_role.py SETTINGS.json

200: it has. 404: Patroni says that it has not. 503: nothing is known, or this region may not take writes. `/room`: free and total
bytes of the data volume. With two regions another port says whether this host may be read while its region waits: 200 or 503.

Patroni knows, and is asked five times a second. But a Patroni that is killed takes a second or two to start again, while its
PostgreSQL goes on and its lease lives: so for a few seconds after its last yes, a Patroni that is gone, or that has just come
back and does not know yet, still counts as yes. A Patroni that hangs does not: it may have lost its lease long ago.

Before Patroni stops PostgreSQL in good order it leaves a mark (its setting before_stop), and from then on the answer is no: a
pool that still came would be told that the database shuts down, and tell its clients, instead of waiting for the next primary.
"""
import json
import os
import shutil
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
        self.primary, self.heard_at, self.answer = False, None, None
        self.yes_at, self.was_gone = None, False
        self.stopping, self.closed = False, False

    def heard(self, now, answer):
        """`answer`: Patroni's status, or GONE, or SILENT."""
        self.heard_at, self.answer = now, answer
        if answer == 200:
            self.primary, self.yes_at, self.was_gone = True, now, False
            return
        self.was_gone = self.was_gone or answer == GONE
        held = self.was_gone and answer != SILENT and self.yes_at is not None and now - self.yes_at < self.hold
        self.primary = held
        self.stopping = False
        if not held:
            self.yes_at = None

    def status(self, now):
        """Never on old news: this program may have stood still."""
        if self.heard_at is None or now - self.heard_at >= self.fresh:
            return 503
        if self.primary:
            # 503 and not 404: proxies cut the sessions of a server that fails, and leave those of one that says no.
            return 503 if self.closed else 404 if self.stopping else 200
        return 503 if self.answer in (GONE, SILENT) else 404


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
        answer = ask(role.url, role.context, role.fresh)
        role.heard(time.monotonic(), answer)
        role.closed = role.open_mark is not None and not os.path.exists(role.open_mark)
        if role.mark is None:
            pass
        elif answer == 200:
            role.stopping = os.path.exists(role.mark)
        elif os.path.exists(role.mark):
            # It has stopped: the mark was for that time only.
            os.remove(role.mark)
        time.sleep(role.pause)


def handler(role, say):
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            room = self.path == "/room"
            usage = shutil.disk_usage(role.directory)
            body = f"{usage.free} {usage.total}\n".encode() if room else b""
            self.send_response(200 if room else say(time.monotonic()))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Twenty-four checks a second are no news."""

    return Handler


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A check that was given up is no news; thirty lines for each would keep a busy host from the next ones."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    trusted = ssl.create_default_context(cafile=settings["tls"]["ca"])

    def role(url, hold, mark=None, open_mark=None):
        made = Role(hold, settings["freshSeconds"])
        made.directory, made.mark, made.open_mark = settings["directory"], mark, open_mark
        made.url, made.pause, made.context = url, settings["pollMilliseconds"] / 1000, trusted
        threading.Thread(target=listen, args=(made,), daemon=True).start()
        return made

    def serve(port, made, say):
        server = Server((settings["address"], port), handler(made, say))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])
        # The handshake is the thread's own: a client that says nothing holds up nobody.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.serve_forever()

    if "reader" in settings:
        reader = role(settings["reader"]["url"], 0)
        threading.Thread(target=serve, args=(settings["reader"]["port"], reader, lambda now: 200 if reader.status(now) == 200 else 503), daemon=True).start()
    primary = role(settings["url"], settings["holdSeconds"], settings["stoppingMark"], settings.get("openMark"))
    serve(settings["port"], primary, primary.status)


if __name__ == "__main__":
    main(sys.argv[1])
