"""Takes the public certificate from its secret, and makes HAProxy read a new one. usage: bundler_certificate.py SETTINGS.json

Until the secret has a value a self-signed placeholder stands in, so that HAProxy starts. A value that HAProxy could not use
is refused, and what is there stays.
"""

import json
import os
import subprocess
import sys
import tempfile


def openssl(*argv):
    return subprocess.run(["openssl", *argv], capture_output=True, text=True, check=False)


def usable(path):
    """Whether the file holds a certificate and the key that belongs to it."""
    certificate, key = openssl("x509", "-in", path, "-noout", "-pubkey"), openssl("pkey", "-in", path, "-pubout")
    return certificate.returncode == 0 and key.returncode == 0 and certificate.stdout == key.stdout


def placeholder(domain):
    with tempfile.TemporaryDirectory() as directory:
        key, certificate = os.path.join(directory, "key"), os.path.join(directory, "certificate")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj", f"/CN={domain}", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )
        return "".join(open(path, encoding="ascii").read() for path in (certificate, key))


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def replace(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(os.open(path + ".partial", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    if not usable(path + ".partial"):
        os.remove(path + ".partial")
        return False
    os.replace(path + ".partial", path)
    return True


def refresh(settings, fetch, reload):
    """Brings the file to the secret's value. Gives what was done."""
    present = read(settings["path"])
    try:
        text = fetch(settings["secret"])
    except Exception as fault:  # the certificate that is there still serves
        text = None
        print(f"{settings['secret']}: {type(fault).__name__}: {fault}", flush=True)
    if text and not text.endswith("\n"):
        text += "\n"
    if text and text != present:
        if replace(settings["path"], text):
            reload()
            return "replaced"
        print(f"{settings['secret']}: no certificate followed by the key that belongs to it; needed PEM of certificate, chain and private key", flush=True)
    if present is None or not usable(settings["path"]):
        replace(settings["path"], placeholder(settings["domain"]))
        reload()
        return "placeholder"
    return "kept"


def reload_haproxy():
    if subprocess.run(["systemctl", "is-active", "--quiet", "haproxy.service"], check=False).returncode == 0:
        subprocess.run(["systemctl", "reload", "haproxy.service"], check=True)


def client(region):
    import boto3
    from botocore.config import Config

    return boto3.client("secretsmanager", region_name=region, config=Config(connect_timeout=3, read_timeout=5, retries={"max_attempts": 2}))


def fetch_with(secrets):
    def fetch(name):
        try:
            return secrets.get_secret_value(SecretId=name).get("SecretString")
        except secrets.exceptions.ResourceNotFoundException:
            return None

    return fetch


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    done = refresh(settings, fetch_with(client(settings["region"])), reload_haproxy)
    if done != "kept":
        print("certificate", done, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
