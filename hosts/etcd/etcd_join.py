"""Decides, before each start of etcd, how this member enters the cluster. usage: etcd_join.py TEMPLATE.json TARGET.json

A host that comes back with its data only continues. One whose disk is empty is no longer the member that the cluster knows:
it must leave and be added anew, or etcd refuses it. Exit status 75 means that it is not yet safe to start; systemd asks again.
"""

import json
import os
import pwd
import ssl
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

WAIT = 75
ANSWER_SECONDS = 8  # above etcd's own limit for a request that finds no quorum (5 s and two elections)


def decide(name, peer_url, has_data, members):
    """(action, member id). `members` is None when there is no cluster yet, else the cluster's list.

    start: nothing to do.  new: first bootstrap.  replace: leave and be added anew.  add: be added.  resume: was added, never started.
    """
    if has_data:
        return "start", None
    if members is None:
        return "new", None
    mine = [member for member in members if member.get("name") == name or peer_url in member.get("peerURLs", [])]
    if not mine:
        return "add", None
    member = mine[0]
    if member.get("clientURLs"):
        return "replace", member["ID"]
    # A member that never published a client URL has never run: named, it belongs to the first bootstrap; nameless, it was added.
    return ("new", None) if member.get("name") else ("resume", None)


def initial_cluster(name, peer_url, members):
    """etcd's initial-cluster for joining: the members as the cluster knows them, with our own name for our own address."""
    pairs = {url: member.get("name", "") for member in members for url in member.get("peerURLs", [])}
    pairs[peer_url] = name
    return ",".join(f"{pairs[url]}={url}" for url in sorted(pairs) if pairs[url])


def formed(members):
    """Whether the cluster of a member's own list has ever had a leader: members publish their client addresses through one."""
    return any(member.get("clientURLs") for member in members)


UNFORMED = object()


class Cluster:
    """The other members: pairs of a peer URL and a client URL."""

    def __init__(self, urls, security):
        self.urls = urls
        self.context = ssl.create_default_context(cafile=security["trusted-ca-file"])
        self.context.load_cert_chain(security["cert-file"], security["key-file"])

    def open(self, request):
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS, context=self.context) as answer:
            return json.load(answer)

    def post(self, url, path, body):
        return self.open(urllib.request.Request(f"{url}/v3/cluster/member/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}))

    def ask(self, urls):
        """(list, url), UNFORMED from a member that waits for the first bootstrap as this one does, None when nobody is there, or the fault of a member that is there and has no quorum."""
        peer, client = urls
        try:
            # A member's own list: among peers it answers without a quorum, where clients hear nothing.
            if not formed(self.open(urllib.request.Request(f"{peer}/members"))):
                return UNFORMED
            return self.post(client, "list", {"linearizable": True}).get("members", []), client
        except OSError as fault:
            # Nobody there is a URLError; an HTTP status, or silence after the connection was made, is a member without a quorum.
            return fault if isinstance(fault, (urllib.error.HTTPError, TimeoutError)) else None

    def members(self):
        """(list, url) from a member that has a quorum; (None, None) when there is no cluster yet. Raises when there is one without a quorum."""
        with ThreadPoolExecutor(max_workers=len(self.urls)) as pool:
            answers = [answer for answer in pool.map(self.ask, self.urls) if answer is not None and answer is not UNFORMED]
        lists = [answer for answer in answers if not isinstance(answer, OSError)]
        if answers and not lists:
            raise answers[0]
        return lists[0] if lists else (None, None)


def write_for(owner, path, text):
    user = pwd.getpwnam(owner)
    partial = path + ".partial"
    with open(partial, "w", encoding="utf-8") as file:
        file.write(text)
    os.chown(partial, user.pw_uid, user.pw_gid)
    os.replace(partial, path)


def own_directory(path, owner):
    user = pwd.getpwnam(owner)
    os.makedirs(path, mode=0o700, exist_ok=True)
    os.chown(path, user.pw_uid, user.pw_gid)


def main(template, target, owner="etcd"):
    with open(template, encoding="utf-8") as file:
        settings = json.load(file)
    name, peer_url, directory = settings["name"], settings["initial-advertise-peer-urls"], settings["data-dir"]
    own_directory(directory, owner)
    has_data = os.path.isdir(os.path.join(directory, "member", "wal"))
    action, member_id = "start", None
    if not has_data:
        port = settings["advertise-client-urls"].rsplit(":", 1)[1]
        peers = [pair.split("=", 1)[1] for pair in settings["initial-cluster"].split(",")]
        others = [(url, url.rsplit(":", 1)[0] + ":" + port) for url in peers if url != peer_url]
        cluster = Cluster(others, settings["client-transport-security"])
        try:
            members, url = cluster.members()
            action, member_id = decide(name, peer_url, has_data, members)
            if action == "replace":
                cluster.post(url, "remove", {"ID": member_id})
            if action in ("replace", "add"):
                cluster.post(url, "add", {"peerURLs": [peer_url]})
            if action in ("replace", "add", "resume"):
                settings["initial-cluster-state"] = "existing"
                settings["initial-cluster"] = initial_cluster(name, peer_url, cluster.members()[0] or [])
        except OSError as fault:
            print(f"the cluster answers but cannot take {name} now, waiting: {fault}", flush=True)
            return WAIT
    print(f"member {name}: {action}", flush=True)
    write_for(owner, target, json.dumps(settings, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
