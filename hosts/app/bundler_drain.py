"""Lets a machine of a group end its work before it goes. usage: bundler_drain.py SETTINGS.json

SETTINGS: {"region", "group", "hook", "steps", "pauseSeconds"}
Auto Scaling says in the machine's own metadata that it is to go, and waits for the hook's answer; the units are stopped, one
step after the other, which is as long as their jobs take, and then the answer is given.
"""
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

METADATA = "http://169.254.169.254/latest/"


def metadata(path, opener=urllib.request.urlopen):
    """A value out of the instance's metadata, or None where there is none."""
    token = urllib.request.Request(METADATA + "api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    try:
        with opener(token, timeout=2) as answer:
            value = answer.read().decode()
        with opener(urllib.request.Request(METADATA + "meta-data/" + path, headers={"X-aws-ec2-metadata-token": value}), timeout=2) as answer:
            return answer.read().decode().strip()
    except urllib.error.HTTPError as fault:
        if fault.code == 404:
            return None
        raise


def leaving(read=metadata):
    return read("autoscaling/target-lifecycle-state") == "Terminated"


def drain(steps, run=subprocess.run):
    """Stops the units of each step side by side. What does not stop in its own time is killed by systemd."""
    for units in steps:
        run(["systemctl", "stop", *units], check=False)


def complete(settings, instance, client):
    client.complete_lifecycle_action(
        AutoScalingGroupName=settings["group"], LifecycleHookName=settings["hook"], InstanceId=instance, LifecycleActionResult="CONTINUE"
    )


def main(path):
    import boto3

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    while True:
        try:
            if leaving():
                print("this machine is to go: " + ", ".join(unit for units in settings["steps"] for unit in units) + " end their work", flush=True)
                drain(settings["steps"])
                complete(settings, metadata("instance-id"), boto3.client("autoscaling", region_name=settings["region"]))
                print("done: this machine may go", flush=True)
                return
        except Exception as fault:
            print(f"{type(fault).__name__}: {fault}", flush=True)
        time.sleep(settings["pauseSeconds"])


if __name__ == "__main__":
    main(sys.argv[1])
