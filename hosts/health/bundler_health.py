"""Kills a process that is there and does not answer, so that systemd starts it anew.

usage: bundler_health.py SETTINGS.json
No answer for about half a minute: a busy process is not a hung one, and a kill cuts its uploads. An orderly stop would wait for it for minutes.
"""
import json
import ssl
import subprocess
import sys
import threading
import time
import urllib.request


def answers(url, authority=None, timeout=5.0):
    context = None if authority is None else ssl.create_default_context(cafile=authority)
    try:
        with urllib.request.urlopen(url, timeout=timeout, context=context) as answer:
            return answer.status == 200
    except OSError:
        return False


def hung(url, authority=None, attempts=5, pause=1.0):
    """True when no attempt was answered."""
    for attempt in range(attempts):
        if attempt:
            time.sleep(pause)
        if answers(url, authority):
            return False
    return True


def started_long_ago(unit, seconds=60):
    """False for a unit that is not running, or that may still be starting."""
    shown = subprocess.run(["systemctl", "show", "-P", "ActiveEnterTimestampMonotonic", "-P", "ActiveState", unit], check=True, capture_output=True, text=True)
    words = shown.stdout.split()
    with open("/proc/uptime", encoding="utf-8") as uptime:
        now = float(uptime.read().split()[0])
    moments = [int(word) / 1e6 for word in words if word.isdigit()]
    return "active" in words and bool(moments) and now - moments[0] > seconds


def look(unit, url, authority):
    if started_long_ago(unit) and hung(url, authority):
        print(f"{unit} does not answer at {url}: it is killed and starts anew", flush=True)
        # What it has started may live on: PostgreSQL does without its Patroni.
        subprocess.run(["systemctl", "kill", "--kill-whom=main", "-s", "KILL", unit], check=True)


def watch(one, pause):
    while True:
        time.sleep(pause)
        look(one["unit"], one["url"], one["authority"])


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    # One that hangs keeps nobody else waiting.
    watches = [threading.Thread(target=watch, args=(one, settings["lookSeconds"]), daemon=True) for one in settings["watched"]]
    for one in watches:
        one.start()
    while all(one.is_alive() for one in watches):
        time.sleep(settings["lookSeconds"])
    sys.exit("a watch has ended: all start anew")


if __name__ == "__main__":
    main(sys.argv[1])
