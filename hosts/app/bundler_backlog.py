"""Says how much work the queues hold, for the size of the workers' group. usage: bundler_backlog.py SETTINGS.json

SETTINGS: {"region", "port", "namespace", "metric", "dimension"}
Every worker host says the same number, so that it is said as long as there is one; CloudWatch takes the mean.
"""
import json
import socket
import sys

# What BullMQ keeps of a queue: lists of jobs that wait and that are under way, and a set of those with a priority.
COUNTS = {"wait": "LLEN", "active": "LLEN", "prioritized": "ZCARD"}


class Redis:
    """As much of the protocol as counting takes."""

    def __init__(self, connection):
        self.connection, self.file = connection, connection.makefile("rb")

    def call(self, *words):
        parts = [f"*{len(words)}\r\n"] + [f"${len(word.encode())}\r\n{word}\r\n" for word in words]
        self.connection.sendall("".join(parts).encode())
        return self.answer()

    def answer(self):
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise OSError("Redis ended the connection")
        kind, text = line[:1], line[1:-2].decode()
        if kind == b"-":
            raise OSError(text)
        if kind == b":":
            return int(text)
        if kind == b"$":
            return None if int(text) < 0 else self.file.read(int(text) + 2)[:-2].decode()
        if kind == b"*":
            return [self.answer() for _ in range(int(text))]
        return text


def queues(redis):
    cursor, found = "0", set()
    while True:
        cursor, keys = redis.call("SCAN", cursor, "MATCH", "bull:*:meta", "COUNT", "1000")
        found.update(key.split(":")[1] for key in keys)
        if cursor == "0":
            return found


def backlog(redis):
    return sum(redis.call(command, f"bull:{queue}:{kind}") for queue in queues(redis) for kind, command in COUNTS.items())


def main(path):
    import boto3

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    with socket.create_connection(("127.0.0.1", settings["port"]), timeout=5) as connection:
        value = backlog(Redis(connection))
    boto3.client("cloudwatch", region_name=settings["region"]).put_metric_data(
        Namespace=settings["namespace"],
        MetricData=[{"MetricName": settings["metric"], "Dimensions": [settings["dimension"]], "Value": value, "Unit": "Count"}],
    )


if __name__ == "__main__":
    main(sys.argv[1])
