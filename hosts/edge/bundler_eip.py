"""Takes the stack's Elastic IP to this host and keeps it, while keepalived says that this host is master.

usage: bundler_eip.py SETTINGS.json
SETTINGS: {"region", "name", "checkSeconds", "masterFlag"}; the address is the one tagged Name=name.
It runs on every edge host all the time, so that at a failover nothing has to be started, looked up or connected first.
"""
import json
import os
import sys
import time
import urllib.request

METADATA = "http://169.254.169.254/latest"
# keepalived sets the flag by a script; looking is cheaper than being told.
LOOK_SECONDS = 0.05
RETRY_SECONDS = 0.5


def instance_id():
    """This instance, by IMDSv2."""
    token = urllib.request.Request(f"{METADATA}/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    with urllib.request.urlopen(token, timeout=1) as answer:
        key = answer.read().decode()
    request = urllib.request.Request(f"{METADATA}/meta-data/instance-id", headers={"X-aws-ec2-metadata-token": key})
    with urllib.request.urlopen(request, timeout=1) as answer:
        return answer.read().decode()


class Address:
    """The Elastic IP, through EC2's API."""

    def __init__(self, ec2, name, me):
        self.ec2, self.name, self.me = ec2, name, me
        self.allocation = None

    def owner(self):
        """The instance that has it. Raises LookupError unless exactly one address has the name."""
        found = self.ec2.describe_addresses(Filters=[{"Name": "tag:Name", "Values": [self.name]}])["Addresses"]
        if len(found) != 1:
            raise LookupError(f"given {len(found)} Elastic IPs tagged Name={self.name}, needed one")
        self.allocation = found[0]["AllocationId"]
        return found[0].get("InstanceId")

    def take(self):
        """Makes this instance the owner, and raises unless it is then."""
        if self.allocation is None:
            self.owner()
        self.ec2.associate_address(AllocationId=self.allocation, InstanceId=self.me, AllowReassociation=True)
        owner = self.owner()
        if owner != self.me:
            raise LookupError(f"{self.name} belongs to {owner} after it was given to {self.me}")


class Keeper:
    """Holds the address while the flag is there; looks after it every so often, which also keeps the connection warm."""

    def __init__(self, address, is_master, check_seconds, now=time.monotonic):
        self.address, self.is_master, self.check_seconds, self.now = address, is_master, check_seconds, now
        self.held, self.check_at = False, 0.0

    def step(self):
        """Gives what to say, or None."""
        master, due = self.is_master(), self.now() >= self.check_at
        if not master:
            self.held = False
        if not due and master == self.held:
            return None
        self.check_at = self.now() + self.check_seconds
        if not master:
            self.address.owner()
            return None
        if self.held and self.address.owner() == self.address.me:
            return None
        self.held = False
        self.address.take()
        self.held = True
        return f"{self.address.name} is this host's ({self.address.me})"


def main():
    import boto3
    from botocore.config import Config

    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    ec2 = boto3.client("ec2", region_name=settings["region"], config=Config(connect_timeout=1, read_timeout=3, retries={"max_attempts": 1}))
    keeper = None
    while True:
        try:
            if keeper is None:
                address = Address(ec2, settings["name"], instance_id())
                keeper = Keeper(address, lambda: os.path.exists(settings["masterFlag"]), settings["checkSeconds"])
            said = keeper.step()
            if said:
                print(said, flush=True)
            time.sleep(LOOK_SECONDS)
        except Exception as fault:  # the control plane may be slow just now; the address is worth every attempt
            print(f"cannot look after {settings['name']}: {type(fault).__name__}: {fault}", flush=True)
            if keeper is not None:
                keeper.check_at = 0.0
            time.sleep(RETRY_SECONDS)


if __name__ == "__main__":
    main()
