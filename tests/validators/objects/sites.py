"""Two regions' MinIO from the rendered files and units, each host with its own network and files: joined, copying, without a host, and made anew."""

import itertools
import json
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress

sys.path.insert(0, "/check")
from bench import Daemon, enter, expect, until  # noqa: E402

given = json.loads(sys.argv[1])
# What of a host's files is put in its place; its volumes besides.
PLACES = ["/etc/hosts", "/etc/bundler", "/etc/default", "/run/bundler", "/run/bundler-minio", "/usr/local/lib/bundler"]
CLIENT = "10.9.9.9"


def sh(*argv, **more):
    return subprocess.run(argv, check=True, **more)


class Host:
    def __init__(self, address, prefix, volumes):
        self.address, self.prefix, self.volumes = address, prefix, volumes
        self.name = prefix.split("/")[-1]
        self.link = "l" + "".join(part[-3:] for part in address.split(".")[1:])
        self.daemons = {}

    def make(self):
        """A network of its own on the common wire, with the kernel's settings of its files, and a drive for each volume."""
        sh("ip", "netns", "add", self.name)
        sh("ip", "link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        sh("ip", "link", "set", self.link, "master", "wire", "up")
        for argv in (["link", "set", "lo", "up"], ["address", "add", f"{self.address}/8", "dev", "eth0"], ["link", "set", "eth0", "up"]):
            sh("ip", "-n", self.name, *argv)
        for path in ("60-bundler", "70-bundler-minio"):
            sh("ip", "netns", "exec", self.name, "sysctl", "-q", "-p", f"{self.prefix}/etc/sysctl.d/{path}.conf")
        for volume in self.volumes:
            sh("mkdir", "-p", self.prefix + volume, volume)
            sh("mount", "-t", "tmpfs", "-o", "size=2g", "tmpfs", self.prefix + volume)
        sh("mkdir", "-p", f"{self.prefix}/run/bundler-minio", "/run/bundler-minio", "/run/bundler", "/etc/bundler", "/usr/local/lib/bundler")

    def unit(self, name):
        """A unit's directives of the service; the last of a name, and all commands."""
        found, commands = {}, []
        with open(f"{self.prefix}/etc/systemd/system/{name}.service", encoding="utf-8") as file:
            for line in file:
                key, _, value = line.rstrip("\n").partition("=")
                if key == "ExecStart":
                    commands.append(value)
                found.setdefault(key, []).append(value)
        return found, commands

    def argv(self, name, command):
        """What runs a unit's command on this host: its files in place, its variables, its user."""
        found, _ = self.unit(name)
        user = found.get("User", ["root"])[0]
        binds = [f"mount --bind {self.prefix}{place} {place}" for place in PLACES + self.volumes]
        variables = [f"set -a; . {path}; set +a" for path in found.get("EnvironmentFile", [])]
        exec_as = "exec" if user == "root" else f"exec setpriv --reuid={user} --regid={user} --clear-groups"
        script = "set -e; " + "; ".join([*binds, *variables, f"{exec_as} {command}"])
        return ["ip", "netns", "exec", self.name, "sh", "-c", script]

    def start(self, name):
        _, (command,) = self.unit(name)
        self.daemons[name] = Daemon(f"{self.name}-{name}-{len(self.daemons)}-{time.monotonic_ns()}", self.argv(name, command), "root", {"HOME": "/tmp"})

    def once(self, name):
        """A unit's commands to their end: whether all succeeded, and what they said."""
        said = ""
        for command in self.unit(name)[1]:
            run = subprocess.run(self.argv(name, command), capture_output=True, text=True)
            said += run.stdout + run.stderr
            if run.returncode != 0:
                return False, said
        return True, said

    def minio(self):
        done, said = self.once("bundler-minio-prepare")
        expect(f"{self.name}: prepared {said}", done)
        self.start("minio")

    def stop(self):
        for daemon in self.daemons.values():
            daemon.kill()
        self.daemons = {}

    def wire(self, state):
        sh("ip", "link", "set", self.link, state)

    def wipe(self):
        for volume in self.volumes:
            shutil.rmtree(f"{self.prefix}{volume}/minio")


class Site:
    def __init__(self, site, hosts):
        self.site, self.hosts = site, [Host(**host) for host in hosts]
        self.first = self.hosts[0]

    def start(self):
        for host in self.hosts:
            host.minio()

    def stop(self):
        for host in self.hosts:
            host.stop()

    def s3(self, index=1, patience=5, key=None):
        """The application's way in, by its own key, over one of the hosts; or another key's."""
        import boto3
        from botocore.config import Config

        return boto3.client(
            "s3", endpoint_url=f"https://{self.hosts[index].address}:{given['port']}", region_name="us-east-1",
            **dict(zip(("aws_access_key_id", "aws_secret_access_key"), key or given["key"])), verify=f"{self.first.prefix}/run/bundler/tls-objects/ca.pem",
            config=Config(s3={"addressing_style": "path"}, connect_timeout=3, read_timeout=patience, retries={"max_attempts": 1}),
        )

    def names(self):
        """Buckets that are there."""
        return {one["Name"] for one in self.s3(0, key=given["root"]).list_buckets()["Buckets"]}

    def put(self, key, body, index=1, patience=5):
        self.s3(index, patience).put_object(Bucket=given["bucket"], Key=key, Body=body)

    def keys(self, index=1):
        """What lies here. A read alone would be answered from the other site."""
        pages = self.s3(index).get_paginator("list_objects_v2").paginate(Bucket=given["bucket"])
        return {one["Key"] for page in pages for one in page.get("Contents", [])}

    def has(self, bodies, index=1):
        client, bucket = self.s3(index), given["bucket"]
        return set(bodies) <= self.keys(index) and all(client.get_object(Bucket=bucket, Key=key)["Body"].read() == body for key, body in bodies.items())


def sent(source, bodies, index=1):
    """Whether a site's copies are in the other, as it says itself: a list of that one would wait for its lost host."""
    client = source.s3(index)
    return lambda: all(client.head_object(Bucket=given["bucket"], Key=key).get("ReplicationStatus") == "COMPLETED" for key in bodies)


fresh_numbers = itertools.count()


def copies_again(source, prefix, index=1):
    """Whether an object that is put over a host is copied within 3 s. MinIO takes the other site for gone after a failed call, until its next look."""
    fresh = {f"raw-data-item/{prefix}-{next(fresh_numbers)}": prefix.encode()}
    put_all(source, fresh, index, quiet=True)
    question, end = sent(source, fresh, index), time.monotonic() + 3
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.2)
    return False


def every_host_copies(*among):
    """A host that has not learned of the other site copies nothing (it says "failed to get target"), and what it took waits to be tried again."""
    for site in among:
        for index, host in enumerate(site.hosts):
            soon(f"what is put over {host.name} is copied", lambda site=site, index=index: copies_again(site, f"over-{site.site}-{index}", index), 90)


def caught_up(what, source, bodies):
    """Reads what failed until it was copied: a read makes MinIO try again. By itself it does so within 11 minutes (mrfSaveInterval and mrfQueueInterval)."""

    def question():
        client = source.s3()
        for key in bodies:
            client.get_object(Bucket=given["bucket"], Key=key)["Body"].read()
        return sent(source, bodies)()

    soon(what, question, 90)


def all_daemons():
    return [daemon for site in (primary, standby) for host in site.hosts for daemon in host.daemons.values()]


def soon(what, question, seconds=60):
    begin = time.monotonic()
    answer = until(what, question, seconds, all_daemons())
    print(f"ok: {what}, after {time.monotonic() - begin:.1f} s", flush=True)
    return answer


def provisioned(site):
    return lambda: site.first.once("bundler-objects")[0]


def sites_said():
    with open(sites.daemons["bundler-sites"].path, encoding="utf-8") as file:
        return file.read().strip().splitlines()


def all_is_sent():
    """What an operator waits for before the other region may be lost."""
    soon("and its program says so", lambda: sites_said()[-1] == "nothing: joined", 60)


def copied(to, bodies, index=1):
    return lambda: to.has(bodies, index)


def objects(prefix, count=20):
    return {f"raw-data-item/{prefix}-{number}": f"{prefix} {number}".encode() * 50 for number in range(count)}


def put_all(site, bodies, index=1, patience=5, quiet=False):
    slowest = 0
    for key, body in bodies.items():
        begin = time.monotonic()
        site.put(key, body, index, patience)
        slowest = max(slowest, time.monotonic() - begin)
    if not quiet:
        print(f"   the slowest of {len(bodies)} puts took {slowest * 1000:.0f} ms", flush=True)


@contextmanager
def settings_written_meanwhile(site):
    """Somebody who writes a bucket's settings again and again, by which MinIO may lose where the bucket is copied to."""
    ended, client = threading.Event(), site.s3(0, key=given["root"])

    def write():
        while not ended.is_set():
            with suppress(client.exceptions.NoSuchBucket):
                client.put_bucket_versioning(Bucket=given["bucket"], VersioningConfiguration={"Status": "Enabled"})

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


enter([])
sh("ip", "link", "add", "wire", "type", "bridge")
sh("ip", "address", "add", f"{CLIENT}/8", "dev", "wire")
sh("ip", "link", "set", "wire", "up")
primary, standby = (Site(one["site"], one["hosts"]) for one in given["regions"])
for one in (primary, standby):
    for host in one.hosts:
        host.make()
primary.start()
soon("the first region's buckets are made while the second is not there", provisioned(primary), 120)
early = objects("early")
put_all(primary, early)
sites = primary.first
standby.start()
soon("the second region makes no buckets of its own before it is joined", lambda: "not joined to the other" in standby.first.once("bundler-objects")[1])
with settings_written_meanwhile(standby):
    sites.start("bundler-sites")
    soon("the second region has its buckets", lambda: given["bucket"] in standby.names(), 120)
    # MinIO writes where a bucket is copied to right after it has made it.
    time.sleep(5)
soon("it is joined", provisioned(standby), 120)
soon("objects from before are there, and the application's own key reads them", copied(standby, early), 240)

every_host_copies(primary, standby)
mine = objects("mine")
put_all(primary, mine)
soon("what is put into the first region is in the second", copied(standby, mine), 20)
theirs = objects("theirs")
put_all(standby, theirs)
soon("what is put into the second region is in the first", copied(primary, theirs), 20)
gone = next(iter(mine))
primary.s3().delete_object(Bucket=given["bucket"], Key=gone)
soon("what is deleted in one is gone in the other", lambda: gone not in standby.keys(), 20)
del mine[gone]

sites.daemons.pop("bundler-sites").kill()
sites.start("bundler-sites")
time.sleep(6)
again = sites_said()
expect(f"looking again changes nothing: {again}", again == ["nothing: joined"])

lost = standby.first
lost.wire("down")
without = objects("without")
put_all(primary, without)
soon(f"copies go on without {lost.name}", lambda: copies_again(primary, "fresh"), 90)
lost.wire("up")
# A call that waits for the lost host ends with it, or after MinIO's TCP_USER_TIMEOUT of 10 minutes.
caught_up("and what failed in between is sent again", primary, without)
soon(f"{lost.name} serves again", copied(standby, without, 0), 90)

standby.stop()
alone = objects("alone")
put_all(primary, alone)
standby.start()
soon("the other region is back, and copies go on", lambda: copies_again(primary, "back"), 120)
caught_up("what was put while it was away arrives", primary, alone)
soon("and is there", copied(standby, alone), 60)

standby.stop()
for host in standby.hosts:
    host.wipe()
standby.start()
soon("a second region made anew is joined again", provisioned(standby), 180)
soon("and has everything", copied(standby, {**early, **mine, **theirs, **alone}), 240)
all_is_sent()

primary.stop()
for host in primary.hosts:
    host.wipe()
since = objects("since")
put_all(standby, since, patience=30)
primary.start()
soon("a first region made anew waits for the other's buckets", lambda: "waiting to be joined" in sites.once("bundler-objects")[1], 120)
sites.start("bundler-sites")
soon("and is joined again", provisioned(primary), 180)
soon("and has everything", copied(primary, {**early, **mine, **theirs, **alone, **since}), 240)
all_is_sent()
every_host_copies(primary, standby)
last = objects("last")
put_all(primary, last)
caught_up("what is put then arrives", primary, last)
soon("and is there", copied(standby, last), 60)
for one in (primary, standby):
    one.stop()
print("CHECKED")
