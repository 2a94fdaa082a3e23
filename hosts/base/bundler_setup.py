"""Makes a new host what its files say, once: packages, then units. usage: bundler_setup.py SETTINGS.json"""

import json
import os
import subprocess
import sys
import time

GUARD = "/usr/sbin/policy-rc.d"
PAUSE_SECONDS = 10


def run(*argv):
    return subprocess.run(argv, check=False).returncode == 0


def missing(packages, query):
    """Packages that are not installed whole."""
    return [one for one in packages if not query(one).startswith("ii")]


def query(package):
    return subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", package], capture_output=True, text=True, check=False).stdout


def install(packages):
    """cloud-init asks the mirror once; a host that comes up while it is out of reach asks again."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    options = ["-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Options::=--force-confold"]
    while absent := missing(packages, query):
        print("installing", *absent, flush=True)
        if not (run("apt-get", "update") and run("apt-get", "install", *options, *absent)):
            time.sleep(PAUSE_SECONDS)


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    install(settings["packages"])
    run("systemctl", "mask", "--now", *settings["maskedUnits"])
    if os.path.exists(GUARD):
        os.remove(GUARD)
    run("systemctl", "daemon-reload")
    run("systemctl", "restart", "systemd-journald.service")
    run("/usr/lib/systemd/systemd-sysctl")
    for unit in settings["units"]:
        run("systemctl", "enable", unit)
    # Not waited for: units wait for each other, and secrets may be filled later.
    return run("systemctl", "start", "--no-block", *settings["units"])


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1]) else 1)
