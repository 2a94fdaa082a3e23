"""Holds this region's database to who is to take writes, where there are two regions. usage: bundler_region.py SETTINGS.json [rebuild]

A parameter in each region names the site that takes writes; the one written last counts. Clients are let in only while it is
this site. The leader's host hands over once the other region has everything, and takes over once the other has handed over or is
silent. A region that finds the other taking writes keeps what it has, and follows only after an operator's `rebuild`.
"""
import json
import os
import shutil
import ssl
import sys
import time
import urllib.error
import urllib.request

from database_agent import Rest

SITES = ("primary", "standby")
SOON_SECONDS = 0.5
# Of what streams by this region's slot. Takes the slot's name.
FOLLOWER = """FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
 WHERE s.slot_name = %s AND r.state = 'streaming'"""
WRITES, WAITS, UNCLEAR, SILENT = "takes writes", "waits", "has no leader", "does not answer"


def newest(*words):
    """The (value, when) that was written last; None when none is known."""
    known = [word for word in words if word is not None]
    return max(known, key=lambda word: word[1]) if known else None


def state_of(answers):
    """What a region does, by its hosts' answers: (is primary, is standby leader), or None."""
    heard = [answer for answer in answers if answer is not None]
    if any(primary for primary, _ in heard):
        return WRITES
    if any(leads for _, leads in heard):
        return WAITS
    return UNCLEAR if heard else SILENT


def decide(mine, role, other, unheard, follows, caught_up, closed, settings):
    """Whether clients may write here, what to do, and why.

    `mine`: the word is for this site. `role`: of this host, WRITES or WAITS when it leads. `unheard`: seconds since the other region
    took writes or waited. `follows`, `caught_up`: whether it streams from here, and has everything. `closed`: seconds without clients.
    """
    if mine:
        if role != WAITS:
            return True, None, "this region is to take writes"
        if other == WRITES:
            return False, None, "waits for the other region to hand over: it takes writes"
        if other == WAITS or unheard >= settings["silentSeconds"]:
            return False, "promote", f"takes over: the other region {other}"
        return False, None, f"waits: the other region {other}"
    if role != WRITES:
        return False, None, "the other region is to take writes"
    if other not in (WRITES, SILENT) and not follows:
        return True, None, f"cannot hand over: the other region {other}, and does not follow. Goes on taking writes"
    if other == WRITES:
        return False, None, "keeps clients out: the other region takes writes"
    if closed < settings["settleSeconds"]:
        return False, None, "hands over: keeps clients out"
    if follows and caught_up:
        return False, "follow", "hands over: the other region has everything"
    return False, None, f"hands over: the other region {other}, and does not have everything yet"


class Parameters:
    """The word in both regions. The last one is kept in a file: the region that said it may be gone by the next start."""

    def __init__(self, get, path, now=time.monotonic):
        self.get, self.path, self.now, self.began = get, path, now, now()
        self.word = None
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.word = tuple(json.load(file))

    def read(self, patience):
        """The word; None while a host that has just started has not heard the other region, for `patience` at the most."""
        own, other = self.get(0), self.get(1)
        word = newest(self.word, own, other)
        if word != self.word:
            with open(self.path + ".partial", "w", encoding="utf-8") as file:
                json.dump(word, file)
            os.replace(self.path + ".partial", self.path)
            self.word = word
        certain = other is not None or self.now() - self.began >= patience
        self.began = self.began if not certain else float("-inf")
        return self.word[0] if certain and self.word else None


class Region:
    """The step that is repeated."""

    def __init__(self, settings, world, now=time.monotonic):
        self.settings, self.world, self.now = settings, world, now
        self.heard_at, self.open_at, self.said = now(), now(), None

    def step(self, word):
        """Gives seconds until the next."""
        if word is not None and word.strip() not in SITES:
            self.say(f"the word {word} is no site: everything stays as it is")
        if word is None or word.strip() not in SITES:
            return self.settings["pollSeconds"]
        mine, now, role = word.strip() == self.settings["site"], self.now(), self.world.role()
        taking, handing = mine and role == WAITS, not mine and role == WRITES
        other = self.world.other() if taking or handing else UNCLEAR
        # What counts is silence since it was to take over.
        if other in (WRITES, WAITS) or not taking:
            self.heard_at = now
        follows, caught_up = self.world.follower() if handing else (False, False)
        is_open, action, why = decide(mine, role, other, now - self.heard_at, follows, caught_up, now - self.open_at, self.settings)
        if is_open:
            self.open_at = now
        self.world.let_in(is_open)
        self.say(why)
        if action is None:
            return self.settings["pollSeconds"]
        self.world.change(None if action == "promote" else self.settings["standbyCluster"])
        return SOON_SECONDS


    def say(self, what):
        if what != self.said:
            self.said = what
            print(what, flush=True)


class World:
    def __init__(self, settings):
        self.settings = settings
        self.context = ssl.create_default_context(cafile=settings["tls"]["ca"])
        self.context.load_cert_chain(settings["tls"]["cert"], settings["tls"]["key"])

    def says(self, url):
        """Whether a Patroni says yes; None when it says nothing."""
        try:
            with urllib.request.urlopen(url, timeout=2, context=self.context) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as fault:
            fault.close()
            return False
        except OSError:
            return None

    def leads(self, url):
        primary = self.says(url + "/primary")
        return None if primary is None else (primary, not primary and self.says(url + "/standby-leader") is True)

    def role(self):
        # Patroni calls a leader primary as soon as it is to be one; PostgreSQL takes writes a moment later.
        state = state_of([self.leads(self.settings["rest"]["url"])])
        return WAITS if state == WRITES and self.query("SELECT pg_is_in_recovery()")[0] else state

    def other(self):
        return state_of([self.leads(url) for url in self.settings["others"]])

    def follower(self):
        row = self.query(f"SELECT r.flush_lsn >= pg_current_wal_lsn() {FOLLOWER}", (self.settings["slot"],))
        return row is not None, row is not None and row[0] is True

    def query(self, statement, values=()):
        import psycopg2

        connection = psycopg2.connect(host=self.settings["socketDirectory"], port=self.settings["port"], user=self.settings["superuser"], dbname="postgres", connect_timeout=3)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchone()
        finally:
            connection.close()

    def let_in(self, is_open):
        mark = self.settings["openMark"]
        if is_open:
            with open(mark, "w", encoding="utf-8"):
                pass
        elif os.path.exists(mark):
            os.remove(mark)

    def change(self, standby_cluster):
        Rest(self.settings).call("PATCH", "/config", {"standby_cluster": standby_cluster})


def regional(service, settings):
    """Clients of both regions, this one's first, that give up soon."""
    import boto3
    from botocore.config import Config

    quick = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1})
    return [boto3.client(service, region_name=region, config=quick) for region in settings["regions"]]


def parameter(settings):
    """Asks a region's parameter: (value, when it was written), or None."""
    from botocore.exceptions import BotoCoreError, ClientError

    clients = regional("ssm", settings)

    def get(index):
        try:
            found = clients[index].get_parameter(Name=settings["parameter"])["Parameter"]
            return found["Value"], found["LastModifiedDate"].timestamp()
        except (BotoCoreError, ClientError):
            return None

    return get


def rebuild(settings):
    """Empties this host's database, and tells its cluster to follow."""
    import yaml
    from patroni.dcs import get_dcs

    world = World(settings)
    running = [url for url in settings["members"] if world.says(url + "/liveness") is not None]
    if running:
        sys.exit(f"Patroni runs at {', '.join(running)}: stop it on every database host of this region first")
    with open(settings["patroni"], encoding="utf-8") as file:
        config = yaml.safe_load(file)
    dcs = get_dcs({**config, **config["bootstrap"]["dcs"], "patronictl": True})
    was = dcs.get_cluster().config.data
    dcs.delete_cluster()
    dcs.set_config_value(json.dumps({**was, "standby_cluster": settings["standbyCluster"]}))
    shutil.rmtree(config["postgresql"]["data_dir"], ignore_errors=True)


def main(path, *more):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    if more == ("rebuild",):
        return rebuild(settings)
    parameters = Parameters(parameter(settings), settings["wordFile"])
    region, said = Region(settings, World(settings)), None
    while True:
        pause = settings["pollSeconds"]
        try:
            pause = region.step(parameters.read(settings["silentSeconds"]))
            said = None
        except Exception as fault:
            if str(fault) != said:
                said = str(fault)
                print(f"{type(fault).__name__}: {said.strip()}", flush=True)
        time.sleep(pause)


if __name__ == "__main__":
    main(*sys.argv[1:])
