"""Who is master now: asks the other hosts' Sentinels, and decides what this instance starts as."""

from concurrent.futures import ThreadPoolExecutor

import resp

ANSWER_SECONDS = 0.5


def ask_all(question, addresses):
    """Answers of those that give one; silence and errors are no answer."""

    def ask(address):
        try:
            return question(address)
        except (OSError, resp.Fault, ValueError, KeyError):
            return None

    if not addresses:
        return []
    with ThreadPoolExecutor(max_workers=len(addresses)) as pool:
        return [answer for answer in pool.map(ask, addresses) if answer is not None]


def reports(addresses, port, master, context):
    """(config epoch, address of the master) from each Sentinel that knows this master."""

    def question(address):
        with resp.Connection(address, port, context, ANSWER_SECONDS) as connection:
            flat = connection.command("SENTINEL", "MASTER", master)
        fields = dict(zip(flat[::2], flat[1::2]))
        return int(fields["config-epoch"]), fields["ip"]

    return ask_all(question, addresses)


def peers_hold_keys(addresses, port, context, password):
    """Whether another host's instance holds any key."""

    def question(address):
        with resp.Connection(address, port, context, ANSWER_SECONDS) as connection:
            connection.command("AUTH", "sentinel", password)
            return any(line.startswith("db") for line in connection.command("INFO", "keyspace").splitlines())

    return any(ask_all(question, addresses))


def latest(answers):
    """Address of the master by the Sentinel with the highest config epoch, or None."""
    return max(answers)[1] if answers else None


def choose_master(me, initial, named, stored, disk_empty, others_have_keys):
    """Address of the master to start under (`me`: start as master), or None: not safe to start yet.

    named: by the other Sentinels; stored: by this host's own file from before, if it has one. An instance with an empty disk
    never starts as master while another holds keys: the others would copy its emptiness. Sentinel makes one of them master.
    """
    master = named or stored or initial
    if master == me and disk_empty and others_have_keys:
        return None
    return master
