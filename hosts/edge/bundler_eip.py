"""Takes the stack's Elastic IP to this host and keeps it, while keepalived says that this host is master.

usage: bundler_eip.py SETTINGS.json
SETTINGS: {"region", "name", "checkSeconds", "masterFlag"}; the address is the one tagged Name=name.
keepalived's words come through the pipe that systemd passes as the first descriptor of its protocol.
It runs on every edge host all the time, so that at a failover nothing has to be started, looked up or connected first.
"""
import json
import os
import pathlib
import select
import sys
import urllib.request

METADATA = "http://169.254.169.254/latest"
RETRY_SECONDS = 0.5
# After a word comes a second look: a peer that was master for a moment may take the address when this one has just looked.
AGAIN_SECONDS = 1
# sd_listen_fds(3): descriptors that are passed begin here.
PASSED_DESCRIPTOR = 3
# More than a pipe of Linux holds.
PIPE_BYTES = 1 << 20


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


class Word:
    """keepalived's word of who is master, in the order in which it was said. Scripts of keepalived run beside each other, and of two
    within one second the first may end last. The flag tells others, and this program when it starts again."""

    def __init__(self, pipe, flag):
        self.pipe, self.flag = pipe, pathlib.Path(flag)

    def master(self):
        return self.flag.exists()

    def listen(self, seconds):
        """Waits so long for a word, or less when there is one, and gives whether there was."""
        if not select.select([self.pipe], [], [], seconds)[0]:
            return False
        for line in os.read(self.pipe, PIPE_BYTES).decode().splitlines():
            # INSTANCE "edge" MASTER 149. Others of its words (a peer of lower priority was heard, say) change nothing,
            # but are a reason to look after the address now.
            state = line.split()[2]
            if state == "MASTER":
                self.flag.touch()
            elif state in ("BACKUP", "FAULT", "STOP", "DELETED"):
                self.flag.unlink(missing_ok=True)
        return True


class Keeper:
    """Holds the address while this host is master. Its look at others' address keeps the connection warm."""

    def __init__(self, address, is_master):
        self.address, self.is_master = address, is_master
        self.held = False

    def step(self):
        """Gives what to say, or None."""
        if not self.is_master():
            self.held = False
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
    word = Word(PASSED_DESCRIPTOR, settings["masterFlag"])
    keeper, heard = None, False
    while True:
        try:
            if keeper is None:
                keeper = Keeper(Address(ec2, settings["name"], instance_id()), word.master)
            said = keeper.step()
            if said:
                print(said, flush=True)
            patience = AGAIN_SECONDS if heard else settings["checkSeconds"]
        except Exception as fault:  # the control plane may be slow just now; the address is worth every attempt
            print(f"cannot look after {settings['name']}: {type(fault).__name__}: {fault}", flush=True)
            patience = RETRY_SECONDS
        heard = word.listen(patience)


if __name__ == "__main__":
    main()
