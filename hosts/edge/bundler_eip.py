"""Holds the Elastic IP while this host is the VRRP master. usage: bundler_eip.py SETTINGS.json

keepalived makes and removes a file; this agent looks at it, and has its client, instance and allocation ready before it is
needed. It keeps looking whether the address is still here: a call may be lost, and someone else may move it.
"""

import json
import os
import sys
import time
import urllib.request

POLL_SECONDS = 0.1
CHECK_SECONDS = 10.0
RETRY_SECONDS = 0.5
# Two masters that cannot see each other must not pull the address to and fro at every check.
RETAKE_SECONDS = 60.0
METADATA = "http://169.254.169.254/latest"


def instance_id(opener=urllib.request.urlopen):
    token = opener(urllib.request.Request(METADATA + "/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}), timeout=2)
    with token:
        headers = {"X-aws-ec2-metadata-token": token.read().decode()}
    with opener(urllib.request.Request(METADATA + "/meta-data/instance-id", headers=headers), timeout=2) as answer:
        return answer.read().decode()


class Holder:
    """The address as this host sees it."""

    def __init__(self, ec2, name, instance, log=lambda *words: print(*words, flush=True)):
        self.ec2, self.name, self.instance, self.log = ec2, name, instance, log
        self.held = False
        self.next = 0.0
        self.taken_at = None

    def address(self):
        found = self.ec2.describe_addresses(Filters=[{"Name": "tag:Name", "Values": [self.name]}])["Addresses"]
        if len(found) != 1:
            raise LookupError(f"{len(found)} addresses are tagged {self.name}, needed exactly one")
        return found[0]

    def step(self, master, now):
        """One look. As master: takes the address when it is elsewhere, and looks again every so often."""
        if not master:
            self.held, self.next, self.taken_at = False, 0.0, None
            return
        if now < self.next:
            return
        address = self.address()
        if address.get("InstanceId") == self.instance:
            if not self.held:
                self.log("this host holds", address["PublicIp"])
            self.held, self.next = True, now + CHECK_SECONDS
            if self.taken_at is None:
                self.taken_at = now
            return
        if self.held and now - self.taken_at < RETAKE_SECONDS:
            self.next = now + CHECK_SECONDS
            return
        self.log("taking", address["PublicIp"], "from", address.get("InstanceId", "nobody"))
        self.ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=self.instance, AllowReassociation=True)
        self.held, self.next, self.taken_at = False, now, now


def main(path):
    import boto3
    from botocore.config import Config

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    ec2 = boto3.client("ec2", region_name=settings["region"], config=Config(connect_timeout=1, read_timeout=3, retries={"max_attempts": 1}))
    holder = Holder(ec2, settings["name"], instance_id())
    try:
        holder.address()  # opens the connection and shows at start whether the role may ask
    except Exception as fault:
        print(f"{type(fault).__name__}: {fault}", flush=True)
    said = None
    while True:
        try:
            holder.step(os.path.exists(settings["master"]), time.monotonic())
            said, pause = None, POLL_SECONDS
        except Exception as fault:  # AWS out of reach: asked again
            if str(fault) != said:
                said = str(fault)
                print(f"{type(fault).__name__}: {fault}", flush=True)
            pause = RETRY_SECONDS
        time.sleep(pause)


if __name__ == "__main__":
    main(sys.argv[1])
