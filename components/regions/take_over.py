"""Says that this region is to take writes, and waits until its own edge says that it does. A function of AWS Lambda, started by the plan.

Environment: PARAMETER; SITE, what to say; REGIONS, this one first; ADDRESSES of the edge; DOMAIN; PATH.
The database hosts of both regions look at the parameter of both, and the one written last counts. A region that is lost cannot be told,
and learns it from the other's when it is back.
"""
import http.client
import os
import socket
import ssl
import time

# Left of the function's time when it gives up, so that the plan shows why.
RESERVE_MILLISECONDS = 10_000
PAUSE_SECONDS = 5


def say(put, regions, name, value):
    """Gives the regions that could not be told. Raises when this one could not."""
    own, *others = regions
    put(own, name, value)
    silent = []
    for region in others:
        try:
            put(region, name, value)
        except Exception as fault:
            print(f"{region} could not be told: {fault}", flush=True)
            silent.append(region)
    return silent


def takes_writes(address, domain, path):
    """Whether the edge at this address says that its region takes writes."""
    context = ssl.create_default_context()
    connection = http.client.HTTPSConnection(domain, timeout=5, context=context)
    try:
        connection.sock = context.wrap_socket(socket.create_connection((address, 443), 5), server_hostname=domain)
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException) as fault:
        print(f"the edge at {address}: {fault}", flush=True)
        return False
    finally:
        connection.close()


def wait(left_milliseconds, done, pause=time.sleep):
    """Looks until it is done. Raises when the time is over."""
    while not done():
        if left_milliseconds() < RESERVE_MILLISECONDS:
            raise RuntimeError("this region does not take writes yet: journalctl -u bundler-region on its database hosts says why; the plan tries again")
        pause(PAUSE_SECONDS)


def put_parameter(region, name, value):
    import boto3
    from botocore.config import Config

    quick = Config(connect_timeout=3, read_timeout=3, retries={"max_attempts": 2})
    boto3.client("ssm", region_name=region, config=quick).put_parameter(Name=name, Value=value, Type="String", Overwrite=True)


def handler(_, context):
    environment = os.environ
    silent = say(put_parameter, environment["REGIONS"].split(","), environment["PARAMETER"], environment["SITE"])
    addresses = environment["ADDRESSES"].split(",")
    wait(context.get_remaining_time_in_millis, lambda: any(takes_writes(one, environment["DOMAIN"], environment["PATH"]) for one in addresses))
    return {"takesWrites": environment["SITE"], "notTold": silent}
