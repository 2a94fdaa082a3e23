"""Joins the two regions' MinIO as sites that copy to each other, and joins them again when one was made anew. usage: objects_sites.py SETTINGS.json

Runs on the first objects host of the first region and looks again and again, since either region may come up later or be
rebuilt. It changes something only when exactly one site has buckets: then the other holds nothing that could be lost.
"""

import json
import sys
import time
from datetime import datetime, timedelta, timezone

from objects_admin import Refused, Store, encrypted

# MinIO makes the buckets at the other site before it answers.
JOIN_SECONDS = 180
# MinIO begins to send before it answers.
SEND_SECONDS = 30


def decide(own, other):
    """What is to be done, given what each site says of itself: `(what, reason)`. A site that does not answer is None."""
    if own is None or other is None:
        return "wait", f"{'this region' if own is None else 'the other region'}'s MinIO does not answer"
    if own["enabled"] and other["enabled"]:
        known = [sorted(site["deploymentID"] for site in one.get("sites", [])) for one in (own, other)]
        return ("nothing", "joined") if known[0] == known[1] else ("fault", "each site is joined, but not to the other")
    if own["buckets"] and other["buckets"]:
        return "fault", "both sites have buckets and they are not joined: empty the one that is to be thrown away (docs/operations.md)"
    if not own["buckets"] and not other["buckets"]:
        return "wait", "no site has its buckets yet"
    return ("own", "the other region's site is empty") if own["buckets"] else ("other", "this region's site is empty")


def seen(store):
    """What a site says of itself; None when it does not answer."""
    try:
        return {**store.sites(), "buckets": store.buckets()}
    except Exception as fault:  # boto's own and urllib's: what is not an answer
        print(f"{store.endpoint}: {fault}", flush=True)
        return None


def join(stores, sites, holder, joined):
    """Joins the empty site to the one that has the objects. `joined`: whether a site still knows another that is gone."""
    for name, store in stores.items():
        if joined[name]:
            # Nothing but the books: objects stay, and so does what was copied.
            store.admin("PUT", "site-replication/remove?api-version=1", json.dumps({"all": True}).encode(), seconds=JOIN_SECONDS)
            print(f"{sites[name]['name']}: the site that it was joined to is gone, and is forgotten", flush=True)
    first = stores[holder]
    peers = [
        {"name": site["name"], "endpoints": site["endpoint"], "accessKey": first.user, "secretKey": first.password} for site in sites.values()
    ]
    body = encrypted(first.password, json.dumps(peers).encode())
    answer = first.admin("PUT", "site-replication/add?api-version=1&replicateILMExpiry=false", body, seconds=JOIN_SECONDS)
    if not answer.get("success"):
        raise Refused(f"site-replication/add: {json.dumps(answer)}")
    print(f"joined: {' and '.join(site['name'] for site in sites.values())} {answer.get('initialSyncErrorMessage', '')}".rstrip(), flush=True)


def begin_sending(stores, sites, holder):
    """Has MinIO send everything that the holder has, over again: what it knows as copied was copied to a site that is gone.

    Raises `Refused` when it is too early. A bucket that has not learned how it is copied is left out without an error, and the rest
    counts as going on. MinIO mends such a bucket within a minute or two; it is waited for, since each start that is taken back
    leaves a mark in MinIO that ends a later one early, and the eleventh hangs.
    """
    first = stores[holder]
    uncopied = first.uncopied()
    if uncopied:
        raise Refused(f"buckets that have not learned how they are copied: {', '.join(uncopied)}")
    empty = next(name for name in sites if name != holder)
    peer = next((one for one in first.sites()["sites"] if one["name"] == sites[empty]["name"]), None)
    if peer is None:
        raise Refused(f"{sites[empty]['name']} is joined, and not yet listed")

    def resync(operation):
        return first.admin("PUT", f"site-replication/resync/op?api-version=1&operation={operation}", json.dumps(peer).encode(), seconds=SEND_SECONDS)

    try:
        # What it names are the buckets that it left out.
        left_out = resync("start").get("buckets") or []
    except Refused as refused:
        left_out = [str(refused)]
    if left_out:
        try:
            resync("cancel")
        except Refused:
            pass  # There was none.
        raise Refused(f"site-replication/resync: {json.dumps(left_out)}")


def left_to_send(holder, other, counts):
    """How many objects that count the other site lacks. MinIO's sending may end early, after a start that was taken back; a list makes it send what it meets."""
    try:
        return sum(lacking(holder.keys(bucket, counts), other.keys(bucket)) for bucket in holder.buckets())
    except Exception as fault:  # boto's own and urllib's: what is not an answer
        raise Refused(f"the objects of both sites cannot be compared: {fault}") from None


def lacking(here, there):
    """How many of `here` are not among `there`; both come in order, and may be too many to hold."""
    count, theirs = 0, next(there, None)
    for key in here:
        while theirs is not None and theirs < key:
            theirs = next(there, None)
        count += theirs != key
    return count


# Longer than MinIO's scanner takes to see all objects once: each site lets objects expire by itself, and not at the same moment.
EXPIRY_MARGIN_DAYS = 3


def counted(lifecycle, now):
    """Which of a site's objects have to be in the other too, by key and time: none that is on its way, and none that is about to expire."""
    prefixes, oldest = tuple(lifecycle["workPrefixes"]), now - timedelta(days=lifecycle["workPrefixesDays"] - EXPIRY_MARGIN_DAYS)
    return lambda key, modified: modified < now and not (key.startswith(prefixes) and modified < oldest)


class Sending:
    """What a site has now, which is to be in the other too. `begun`: whether MinIO is known to send it."""

    def __init__(self, holder, begun=False):
        self.holder, self.begun, self.since = holder, begun, datetime.now(timezone.utc)

    def step(self, stores, sites, lifecycle):
        """Begins when it has not, and counts what is left. Raises `Refused` when either is not to be had yet."""
        if not self.begun:
            begin_sending(stores, sites, self.holder)
            self.begun = True
        return left_to_send(stores[self.holder], stores["other" if self.holder == "own" else "own"], counted(lifecycle, self.since))


def mend(stores, sites, unsent):
    """Has each bucket that lost to where it is copied know it again, and its site send what the other lacks.

    MinIO reads a bucket's settings, changes one and writes all, without a lock: of two such writes at the same moment one is lost.
    """
    for name, store in stores.items():
        for bucket in sorted({*store.untargeted(), *store.uncopied()}):
            store.retarget(bucket)
            print(f"{sites[name]['name']}: bucket {bucket} had lost to where it is copied, and has it again", flush=True)
            unsent[:] = [sending for sending in unsent if sending.holder != name] + [Sending(name)]


def look(stores, sites, unsent, lifecycle):
    """One look, and one step when there is one to take. Returns what there is to say. `unsent`: the `Sending`s that have not come to their end."""
    own, other = (seen(stores[name]) for name in ("own", "other"))
    what, reason = decide(own, other)
    if what in ("own", "other"):
        join(stores, sites, what, {"own": own["enabled"], "other": other["enabled"]})
        unsent[:] = [Sending(what)]
    elif what != "nothing":
        return f"{what}: {reason}"
    mend(stores, sites, unsent)
    while unsent:
        left = unsent[0].step(stores, sites, lifecycle)
        if left > 0:
            return f"sending what {sites[unsent[0].holder]['name']} has: {left} objects are left"
        del unsent[0]
    return f"{what}: {reason}"


def main(path):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    sites = {name: settings["sites"][name] for name in ("own", "other")}
    stores = {"own": Store(settings["endpoint"], settings["ca"]), "other": Store(sites["other"]["endpoint"], settings["ca"])}
    # What was being sent when this program ended, with its host maybe, is not known: both sites are compared once.
    said, unsent = None, [Sending("own", begun=True), Sending("other", begun=True)]
    while True:
        try:
            say = look(stores, sites, unsent, settings["lifecycle"])
        except (Refused, OSError) as fault:
            say = f"not done: {fault}"
        if say != said:
            print(say, flush=True)
            said = say
        time.sleep(settings["sites"]["pollSeconds"])


if __name__ == "__main__":
    main(sys.argv[1])
