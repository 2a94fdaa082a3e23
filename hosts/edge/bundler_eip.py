"""Takes the stack's Elastic IP to this host and keeps it, while keepalived says that this host is master.

usage: bundler_eip.py SETTINGS.json
SETTINGS: {"region", "name", "checkSeconds"}; the address is the one tagged Name=name.
"""
import json
import sys
import time
import urllib.request

METADATA = "http://169.254.169.254/latest"


def instance_id():
    """This instance, by IMDSv2."""
    token = urllib.request.Request(f"{METADATA}/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    with urllib.request.urlopen(token, timeout=1) as answer:
        key = answer.read().decode()
    request = urllib.request.Request(f"{METADATA}/meta-data/instance-id", headers={"X-aws-ec2-metadata-token": key})
    with urllib.request.urlopen(request, timeout=1) as answer:
        return answer.read().decode()


def address_of(ec2, name):
    """The Elastic IP. Raises LookupError unless exactly one has the name."""
    found = ec2.describe_addresses(Filters=[{"Name": "tag:Name", "Values": [name]}])["Addresses"]
    if len(found) != 1:
        raise LookupError(f"given {len(found)} Elastic IPs tagged Name={name}, needed one")
    return found[0]


def hold(ec2, name, me):
    """Makes this instance the owner; True when it was not before."""
    address = address_of(ec2, name)
    if address.get("InstanceId") == me:
        return False
    ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=me, AllowReassociation=True)
    owner = address_of(ec2, name).get("InstanceId")
    if owner != me:
        raise LookupError(f"{address['PublicIp']} belongs to {owner} after it was given to {me}")
    return True


def main():
    import boto3
    from botocore.config import Config

    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    ec2 = boto3.client("ec2", region_name=settings["region"], config=Config(connect_timeout=1, read_timeout=3, retries={"max_attempts": 1}))
    me = None
    while True:
        try:
            me = me or instance_id()
            if hold(ec2, settings["name"], me):
                print(f"{settings['name']} is this host's ({me})", flush=True)
            time.sleep(settings["checkSeconds"])
        except Exception as fault:  # the control plane may be slow just now; the address is worth every attempt
            print(f"cannot take {settings['name']}: {type(fault).__name__}: {fault}", flush=True)
            time.sleep(0.5)


if __name__ == "__main__":
    main()
