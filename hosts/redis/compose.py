"""Composes the configuration of a Redis instance or Sentinel before it starts. usage: compose.py SETTINGS.json

Both rewrite their own file, so it cannot be a plain copy of the rendered one. Every directive comes from the template and the
secrets each time, so a changed setting or password arrives with a restart; only what the daemon alone knows is kept: whom an
instance follows, and what a Sentinel has learnt. Exit status 75: not safe to start yet; systemd asks again.
"""

import hashlib
import json
import os
import pwd
import re
import ssl
import sys

import topology

WAIT = 75
PLACEHOLDER = re.compile(r"@([a-z][A-Za-z0-9:_-]*)@")
PASSWORD = re.compile(r"[A-Za-z0-9]+")
LEARNT = re.compile(r"sentinel (?:current-epoch|(?:config-epoch|leader-epoch|known-replica|known-sentinel) (\S+)) ")


def fill(template, values):
    """Replaces each @name@. A name without a value is an error, never an empty setting."""

    def value(match):
        if match[1] not in values:
            raise KeyError(f"the template names @{match[1]}@, and there are only {sorted(values)}")
        return values[match[1]]

    return PLACEHOLDER.sub(value, template)


def secrets(files):
    """Passwords by name, and each one's SHA-256 as `name:sha256`."""
    values = {}
    for name, path in files.items():
        with open(path, encoding="utf-8") as file:
            password = file.read().strip()
        if not PASSWORD.fullmatch(password):
            raise ValueError(f"{path}: a password of letters and digits is needed, so that no configuration file has to quote it")
        values[name] = password
        values[name + ":sha256"] = hashlib.sha256(password.encode()).hexdigest()
    return values


def stored_master(text, me):
    """Whom the instance's own file follows; `me` when it follows nobody; None when there is no file."""
    if text is None:
        return None
    found = re.search(r"^(?:replicaof|slaveof) (\S+) \d+$", text, re.MULTILINE)
    return found[1] if found else me


def stored_monitor(text, master):
    """Address that the Sentinel's own file has for a master, or None."""
    found = re.search(rf"^sentinel monitor {re.escape(master)} (\S+) ", text or "", re.MULTILINE)
    return found[1] if found else None


def learnt(text, masters):
    """Lines of the Sentinel's own file that only it can know, for the masters that still exist."""
    found = [(LEARNT.match(line), line) for line in (text or "").splitlines()]
    return [line for match, line in found if match and (match[1] is None or match[1] in masters)]


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write(path, text, owner):
    """Replaces a file whole, readable by its daemon only."""
    partial = path + ".partial"
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    give(partial, owner)
    os.replace(partial, path)


def give(path, owner):
    user = pwd.getpwnam(owner)
    os.chown(path, user.pw_uid, user.pw_gid)


def directory(path, owner, mode):
    os.makedirs(path, exist_ok=True)
    os.chmod(path, mode)
    give(path, owner)


def disk_is_empty(path):
    return not any(os.path.exists(os.path.join(path, name)) for name in ("appendonlydir", "dump.rdb"))


def compose_instance(settings, context):
    me, owner = settings["address"], settings["owner"]
    values = secrets(settings["passwordFiles"])
    named = topology.latest(topology.reports(settings["peers"], settings["sentinelPort"], settings["master"], context))
    empty = disk_is_empty(settings["directory"])
    keys = empty and topology.peers_hold_keys(settings["peers"], settings["port"], context, values["sentinel"])
    stored = stored_master(read(settings["target"]), me)
    master = topology.choose_master(me, settings["initialMaster"], named, stored, empty, keys)
    if master is None:
        print(f"{settings['master']}: this disk is empty and another host has keys; waiting until Sentinel has made that one master", flush=True)
        return WAIT
    text = fill(read(settings["template"]), values)
    if master != me:
        text += f"replicaof {master} {settings['port']}\n"
    write(settings["aclTarget"], fill(read(settings["aclTemplate"]), values), owner)
    write(settings["target"], text, owner)
    print(f"{settings['master']}: starts {'as master' if master == me else 'under ' + master}", flush=True)
    return 0


def compose_sentinel(settings, context):
    values, own = secrets(settings["passwordFiles"]), read(settings["target"])
    for master in settings["masters"]:
        address = stored_monitor(own, master)
        if address is None:
            address = topology.latest(topology.reports(settings["peers"], settings["sentinelPort"], master, context))
        values["master:" + master] = address or settings["initialMaster"]
    lines = learnt(own, settings["masters"])
    write(settings["target"], fill(read(settings["template"]), values) + "".join(line + "\n" for line in lines), settings["owner"])
    print(f"Sentinel: watches {[values['master:' + master] for master in settings['masters']]}", flush=True)
    return 0


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    context = ssl.create_default_context(cafile=settings["tls"]["ca"])
    context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])
    directory(os.path.dirname(settings["directory"]), settings["owner"], 0o750)
    directory(settings["directory"], settings["owner"], 0o750)
    if settings["kind"] == "sentinel":
        return compose_sentinel(settings, context)
    directory(os.path.dirname(settings["aclTarget"]), settings["owner"], 0o750)
    return compose_instance(settings, context)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
