"""Keeps HAProxy's certificate equal to the secret edge-certificate; reloads HAProxy when it changed.

usage: bundler_certificate.py SETTINGS.json [--start]
SETTINGS: {"region", "prefix", "path", "domain", "acme": null | {"email", "directoryUrl", "port", "renewDays", "masterFlag"}}
With --start (before HAProxy) a host that has no certificate yet fetches it, or makes a self-signed one, so that HAProxy can start;
one that has it asks nobody: a HAProxy that died must be back before AWS has answered.
With acme, keepalived's master gets and renews the certificate and stores it in the secret, from which every host takes it.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

from bundler_secrets import Missing, fetcher, write

LIVE = "/etc/letsencrypt/live/edge"
ATTEMPT = "/var/lib/bundler-certificate/attempt"
# An authority counts failures: five in an hour and a name is refused for a while.
ATTEMPT_SECONDS = 3600


def self_signed(path, domain):
    """A placeholder: clients refuse it, HAProxy starts with it."""
    with tempfile.TemporaryDirectory() as directory:
        key, certificate = os.path.join(directory, "key"), os.path.join(directory, "certificate")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
             "-subj", f"/CN={domain}", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )
        with open(certificate, encoding="utf-8") as one, open(key, encoding="utf-8") as other:
            write(path, one.read() + other.read(), "0600", "root:root")


def usable(path):
    """True when the file is there and HAProxy can start with it."""
    try:
        with open(path, encoding="utf-8") as file:
            return accepted(file.read())
    except FileNotFoundError:
        return False


def accepted(pem):
    """True when openssl reads a certificate and the private key that belongs to it."""
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(pem)
        file.flush()
        of_certificate = subprocess.run(["openssl", "x509", "-in", file.name, "-noout", "-pubkey"], capture_output=True, check=False)
        of_key = subprocess.run(["openssl", "pkey", "-in", file.name, "-pubout"], capture_output=True, check=False)
    return of_certificate.returncode == 0 and of_key.returncode == 0 and of_certificate.stdout == of_key.stdout


def asked_lately(path):
    try:
        return time.time() - os.path.getmtime(path) < ATTEMPT_SECONDS
    except FileNotFoundError:
        return False


def renew(settings, client):
    """Has certbot get or renew the certificate, and stores a new one in the secret."""
    acme = settings["acme"]
    if not os.path.exists(acme["masterFlag"]) or asked_lately(ATTEMPT):
        return
    write(ATTEMPT, f"{time.time()}\n", "0600", "root:root")
    subprocess.run(
        ["certbot", "certonly", "--non-interactive", "--agree-tos", "--keep-until-expiring", "--cert-name", "edge", "--standalone",
         "--http-01-address", "127.0.0.1", "--http-01-port", str(acme["port"]), "--server", acme["directoryUrl"],
         "--email", acme["email"], "--domain", settings["domain"]],
        check=True,
    )
    with open(f"{LIVE}/fullchain.pem", encoding="utf-8") as chain, open(f"{LIVE}/privkey.pem", encoding="utf-8") as key:
        pem = chain.read() + key.read()
    stored = None
    try:
        stored = fetcher(settings["region"], settings["prefix"])("edge-certificate")
    except Missing:
        pass
    if stored != pem:
        client.put_secret_value(SecretId=f"{settings['prefix']}/edge-certificate", SecretString=pem)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    starting = "--start" in sys.argv
    if starting and usable(settings["path"]):
        return
    try:
        if settings["acme"] and not starting:
            import boto3

            renew(settings, boto3.client("secretsmanager", region_name=settings["region"]))
        pem = fetcher(settings["region"], settings["prefix"])("edge-certificate")
        if not accepted(pem):
            raise ValueError("edge-certificate holds no certificate with its private key; the one in use stays")
        if write(settings["path"], pem if pem.endswith("\n") else pem + "\n", "0600", "root:root") and not starting:
            subprocess.run(["systemctl", "reload", "haproxy.service"], check=True)
            print("HAProxy has a new certificate", flush=True)
    except Exception as fault:  # the edge serves with what it has
        print(f"{type(fault).__name__}: {fault}", flush=True)
    if starting and not usable(settings["path"]):
        self_signed(settings["path"], settings["domain"])


if __name__ == "__main__":
    main()
