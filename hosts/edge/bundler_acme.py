"""Renews the public certificate by ACME (HTTP-01) and keeps it in its secret. usage: bundler_acme.py SETTINGS.json

HAProxy passes challenges to certbot on loopback. Both edge hosts take the new value as they take any renewed certificate.
"""

import json
import os
import subprocess
import sys

from bundler_certificate import client, fetch_with

STATE = "/var/lib/bundler/acme"
RENEW_BEFORE_SECONDS = 30 * 24 * 3600


def due(text):
    """Whether a certificate must be made: there is none, or it ends soon."""
    if not text:
        return True
    return subprocess.run(["openssl", "x509", "-noout", "-checkend", str(RENEW_BEFORE_SECONDS)], input=text, text=True, capture_output=True, check=False).returncode != 0


def certbot(settings, state):
    acme = settings["acme"]
    return [
        "certbot", "certonly", "--standalone", "--non-interactive", "--agree-tos", "--force-renewal",
        "--http-01-address", "127.0.0.1", "--http-01-port", str(acme["port"]),
        "--server", acme["directory"], "--email", acme["email"], "--domain", settings["domain"], "--cert-name", "edge",
        "--config-dir", f"{state}/config", "--work-dir", f"{state}/work", "--logs-dir", f"{state}/logs",
    ]


def renew(settings, secrets, run=subprocess.run, state=STATE):
    """Gives whether a new certificate was stored."""
    if not due(fetch_with(secrets)(settings["secret"])):
        return False
    run(certbot(settings, state), check=True)
    live = os.path.join(state, "config/live/edge")
    parts = [open(os.path.join(live, name), encoding="ascii").read() for name in ("fullchain.pem", "privkey.pem")]
    secrets.put_secret_value(SecretId=settings["secret"], SecretString="".join(parts))
    return True


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    if renew(settings, client(settings["region"])):
        print("a new certificate is in", settings["secret"], flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
