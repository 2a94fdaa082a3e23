"""Kills a process of the application that is there and does not answer, so that systemd starts it anew.

usage: bundler_health.py UNIT URL
No answer for about half a minute: a busy process is not a hung one, and a kill cuts its uploads. An orderly stop would wait for it for minutes.
"""
import subprocess
import sys
import time
import urllib.request


def answers(url, timeout=5.0):
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status == 200
    except OSError:
        return False


def hung(url, attempts=5, pause=1.0):
    """True when no attempt was answered."""
    for attempt in range(attempts):
        if attempt:
            time.sleep(pause)
        if answers(url):
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


def main():
    unit, url = sys.argv[1:3]
    if started_long_ago(unit) and hung(url):
        print(f"{unit} does not answer at {url}: it is killed and starts anew", flush=True)
        subprocess.run(["systemctl", "kill", "-s", "KILL", unit], check=True)


if __name__ == "__main__":
    main()
