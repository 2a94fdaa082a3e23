"""The lease of payment-workers in a real PostgreSQL, through PgBouncer and HAProxy with the rendered files."""

import json
import sys
import threading
import time

import cloud
from cloud import ABOUT, ONE, administer, daemons, names
from bench import expect, until

sys.path.insert(0, "/opt/bundler/programs")
from bundler_lease_table import Table, statements
from bundler_singleton import Lease

cloud.begin()
cloud.first_member()
cloud.data_proxy()
cloud.pgbouncer()
names(postgres=ONE)

with open("/etc/bundler/singleton.json", encoding="utf-8") as file:
    SETTINGS = json.load(file)
KEY = SETTINGS["key"]
run = statements({**SETTINGS["database"], "password": ABOUT["password"]})
until("a statement gets to the database", lambda: run("SELECT 1", {}) == (1,), 60, daemons.values())
expect("through PgBouncer", administer(ONE, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'bundler' AND application_name <> 'bundler_endpoints'") != "0")


def side_by_side(count, work):
    """Runs the work in so many threads that begin together, and gives what each gave: its answer or its fault."""
    barrier, answers = threading.Barrier(count), [None] * count

    def one(index):
        barrier.wait()
        try:
            answers[index] = work(index)
        except OSError as fault:
            answers[index] = fault

    threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


TABLES = "SELECT count(*) FROM pg_tables WHERE tablename = 'lease'"
expect("there is no table before", administer(ONE, TABLES, ABOUT["databases"][0]["name"]) == "0")
tables = [Table(run) for _ in range(10)]
first = side_by_side(10, lambda index: tables[index].holder(KEY))
# One that lost the race of making it may be told so; it tries again, as the agent does.
again = side_by_side(10, lambda index: tables[index].holder(KEY))
expect(f"ten at once make the table once: {first}", administer(ONE, TABLES, ABOUT["databases"][0]["name"]) == "1")
expect(f"and all ten can use it: {again}", again == [None] * 10)
expect("the first of them at once", any(answer is None for answer in first))

leases = [table.grant(30) for table in tables]
taken = side_by_side(10, lambda index: tables[index].take(KEY, f"worker-{index}", leases[index]))
expect(f"of ten that take it at once exactly one has it: {taken}", taken.count(True) == 1 and taken.count(False) == 9)
owner = taken.index(True)
other = (owner + 1) % 10
expect("all see the same holder", {table.holder(KEY) for table in tables} == {leases[owner]})
expect("who may take it again", tables[owner].take(KEY, "worker", leases[owner]) in (True, False) and tables[other].holder(KEY) == leases[owner])
expect("renews it, for as long as it was granted", tables[owner].keep(leases[owner]) == 30)
expect("and nobody else does", tables[other].keep(leases[other]) == 0)
tables[other].revoke(leases[other])
expect("nor gives it back", tables[other].holder(KEY) == leases[owner])
expect("another key is another lease", tables[other].take("another", "worker", leases[other]) and tables[owner].holder(KEY) == leases[owner])

tables[owner].revoke(leases[owner])
expect("given back, it is nobody's", tables[other].holder(KEY) is None)
expect("and its holder renews it no more", tables[owner].keep(leases[owner]) == 0)
short = tables[other].grant(1)
expect("the next one takes it", tables[other].take(KEY, "worker", short))
waits = tables[owner].grant(30)
expect("while it is held it is not taken", not tables[owner].take(KEY, "worker", waits) or tables[other].keep(short) == 0)
until("it expires by itself", lambda: tables[owner].holder(KEY) is None or tables[owner].holder(KEY) == waits, 30, daemons.values())
expect("its holder cannot renew it then", tables[other].keep(short) == 0)
expect("and another takes it", tables[owner].take(KEY, "worker", waits) or tables[owner].holder(KEY) == waits)
tables[owner].revoke(waits)

# Two agents as they run: at no moment both believe that they hold it, also when one falls silent without giving it back.
settings = [{**SETTINGS, "name": f"worker-{index}", "leaseSeconds": 3, "file": f"/check/lease-{index}.json"} for index in range(2)]
agents = [Lease(one, Table(run)) for one in settings]
ended = [threading.Event(), threading.Event()]


def agent(index):
    while not ended[index].is_set():
        try:
            agents[index].step()
        except OSError as fault:
            print(fault, flush=True)
        time.sleep(0.1)


for index in range(2):
    threading.Thread(target=agent, args=(index,), daemon=True).start()


def holders():
    """Those who believe it, looked at twice, so that a hand-over between the two looks is not taken for both."""
    before = [one.remaining() > 0 for one in agents]
    return [was and one.remaining() > 0 for was, one in zip(before, agents)]


def watched(seconds, wanted=None):
    """Looks for so long, or until one that is wanted holds it."""
    end, seen = time.monotonic() + seconds, set()
    while time.monotonic() < end:
        now = holders()
        expect_one(now)
        seen.update(index for index, holds in enumerate(now) if holds)
        if wanted is not None and now[wanted]:
            return True
        time.sleep(0.01)
    return seen if wanted is None else False


def expect_one(now):
    if now.count(True) > 1:
        sys.exit("both agents believe that they hold the lease")


until("one of two agents holds it", lambda: True in holders(), 30, daemons.values())
holder = holders().index(True)
expect("it keeps it for longer than it lives, by renewing it", watched(8) == {holder})
ended[holder].set()
expect("when it falls silent the other has it after it has ended, and never both", watched(60, 1 - holder))
ended[holder].clear()
threading.Thread(target=agent, args=(holder,), daemon=True).start()
expect("the one that comes back does not have it", watched(5) == {1 - holder})
ended[1 - holder].set()
time.sleep(0.5)
agents[1 - holder].release()
expect("given back in order, it is the other's", watched(30, holder))
print("CHECKED", flush=True)
