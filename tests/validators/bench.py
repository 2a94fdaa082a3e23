"""A private network and process namespace on one machine, in which several hosts' daemons run on their own addresses."""

import os
import pwd
import subprocess
import sys
import time


def enter(addresses):
    """Runs the calling script again in namespaces of its own, with these addresses on its loopback. Everything in it dies with it."""
    if os.environ.get("BENCH") != "inside":
        os.environ["BENCH"] = "inside"
        os.execvp("unshare", ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, "-B", *sys.argv])
    script = os.fork()
    if script != 0:
        reap(script)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in addresses:
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)


def reap(script):
    """What the first process of a machine does: buries orphans, such as a postmaster whose Patroni died, until the script ends."""
    while True:
        process, status = os.wait()
        if process == script:
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def environment(path):
    """Variables of an environment file as systemd reads it."""
    with open(path, encoding="utf-8") as file:
        pairs = [line.rstrip("\n").split("=", 1) for line in file if line.strip()]
    return {name: value.strip('"') for name, value in pairs}


class Daemon:
    """A process under a user of its own, with its output in a log."""

    def __init__(self, name, argv, user, variables=None):
        self.name, self.path = name, f"/check/{name}.log"
        entry = pwd.getpwnam(user)
        self.log = open(self.path, "ab")
        self.process = subprocess.Popen(
            argv, stdout=self.log, stderr=subprocess.STDOUT, user=entry.pw_uid, group=entry.pw_gid, extra_groups=[], start_new_session=True,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8", **(variables or {})},
        )

    def kill(self):
        self.process.kill()
        self.process.wait()

    def tail(self):
        """Its first and last words: the cause is often said once, and followed by a thousand retries."""
        with open(self.path, errors="replace") as file:
            text = file.read()
        return text if len(text) < 8000 else text[:5000] + "\n[…]\n" + text[-3000:]


def until(what, question, seconds, daemons=()):
    """Asks until the answer is true and returns it; otherwise ends with the daemons' last words, and what was waited for after them: the end of a log is what is kept."""
    end, fault = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            answer = question()
            if answer:
                return answer
        except Exception as error:  # a question to a daemon that is not there yet
            fault = error
        time.sleep(0.1)
    logs = "\n".join(f"--- {one.name}\n{one.tail()}" for one in daemons)
    sys.exit(f"{logs}\nnot within {seconds} s: {what} (last fault: {fault!r})")


def expect(what, condition):
    if not condition:
        sys.exit(f"expected: {what}")
    print("ok:", what, flush=True)
