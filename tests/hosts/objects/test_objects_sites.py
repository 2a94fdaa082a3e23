import io
import json
import os
import unittest
import zipfile
from datetime import datetime, timedelta, timezone
from unittest import mock
from urllib.parse import parse_qs

import objects_admin
import objects_sites
from objects_admin import FRAGMENT_BYTES, Refused, encrypted
from objects_sites import Sending, decide


def site(enabled=False, buckets=(), ids=("a", "b")):
    return {"enabled": enabled, "buckets": list(buckets), "sites": [{"deploymentID": one} for one in ids] if enabled else []}


NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
LIFECYCLE = {"workPrefixes": ["bundle/", "chunks/"], "workPrefixesDays": 60, "noncurrentDays": 30}
full, empty, joined = site(buckets=["data"]), site(), site(True, ["data"])


class Decision(unittest.TestCase):
    def test_joined_sites_are_left_alone(self):
        self.assertEqual(decide(joined, site(True, ["data"], ("b", "a"))), ("nothing", "joined"))

    def test_a_site_that_is_joined_to_a_third_is_a_fault(self):
        self.assertEqual(decide(joined, site(True, ["data"], ("b", "c")))[0], "fault")

    def test_a_site_that_does_not_answer_is_waited_for(self):
        for own, other in ((None, full), (full, None), (None, None)):
            self.assertEqual(decide(own, other)[0], "wait")

    def test_the_one_with_buckets_takes_the_empty_one_in_whatever_its_books_say(self):
        for holder in (full, joined):
            for other in (empty, site(True)):
                if holder["enabled"] and other["enabled"]:
                    continue
                self.assertEqual(decide(holder, other)[0], "own")
                self.assertEqual(decide(other, holder)[0], "other")

    def test_nothing_is_thrown_away_where_both_have_buckets(self):
        for own, other in ((full, full), (joined, full), (full, joined)):
            self.assertEqual(decide(own, other)[0], "fault")

    def test_buckets_come_first(self):
        self.assertEqual(decide(empty, empty)[0], "wait")


class Encryption(unittest.TestCase):
    """That MinIO reads it is shown by tests/validators/objects."""

    def test_a_text_of_more_than_one_fragment_is_refused(self):
        with self.assertRaisesRegex(ValueError, "16385 bytes: needed at most 16384"):
            encrypted("secret", b"x" * (FRAGMENT_BYTES + 1))


class Store:
    """MinIO that notes what it is asked for."""

    user, password = "root", "secret"

    def __init__(self, state, answer=None, starts=(), keys=()):
        self.state, self.answer, self.asked, self.listed = state, answer or {"success": True}, [], ("objects-primary", "objects-standby")
        self.unruled, self.lost = [], []
        self.starts, self.held = list(starts), list(keys)

    def sites(self):
        return {"enabled": self.state["enabled"], "sites": [{"name": name} for name in self.listed]}

    def buckets(self):
        return self.state["buckets"]

    def uncopied(self):
        return self.unruled

    def untargeted(self):
        return list(self.lost)

    def retarget(self, bucket):
        self.lost = [one for one in self.lost if one != bucket]
        self.unruled = [one for one in self.unruled if one != bucket]
        self.asked.append(("PUT", f"targets of {bucket}", None))

    def keys(self, bucket, counts=None):
        return iter(self.held)

    def admin(self, method, path, body=None, seconds=30):
        name, _, parameters = path.partition("?")
        operation = parse_qs(parameters).get("operation")
        self.asked.append((method, f"{name} {operation[0]}" if operation else name, body))
        if operation == ["start"] and self.starts:
            answer = self.starts.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        return self.answer


sites = {"own": {"name": "objects-primary", "endpoint": "https://objects-primary:9000"}, "other": {"name": "objects-standby", "endpoint": "https://objects-standby:9000"}}


@mock.patch.object(objects_sites, "encrypted", lambda password, text: b"for " + password.encode() + b": " + text)
class Joining(unittest.TestCase):
    def asked(self, own, other):
        stores = {"own": Store(own), "other": Store(other)}
        objects_sites.look(stores, sites, [], LIFECYCLE)
        return [[path for _, path, _ in store.asked] for store in stores.values()], stores

    def test_the_empty_site_is_joined_to_the_other_and_everything_is_sent(self):
        asked, stores = self.asked(full, empty)
        self.assertEqual(asked, [["site-replication/add", "site-replication/resync/op start"], []])
        body = stores["own"].asked[0][2]
        self.assertTrue(body.startswith(b"for secret: "))
        self.assertEqual(
            [(peer["name"], peer["endpoints"], peer["accessKey"]) for peer in json.loads(body[len(b"for secret: "):])],
            [("objects-primary", "https://objects-primary:9000", "root"), ("objects-standby", "https://objects-standby:9000", "root")],
        )
        self.assertEqual(json.loads(stores["own"].asked[1][2])["name"], "objects-standby")

    def test_sending_that_left_a_bucket_out_is_taken_back(self):
        left_out = {"buckets": [{"bucket": "data", "status": "Failed", "errorDetail": "The replication configuration was not found"}]}
        stores = {"own": Store(full, starts=[left_out, Refused("all buckets resync failed"), {"status": "Ongoing"}]), "other": Store(empty)}
        for fault in ("configuration was not found", "all buckets resync failed"):
            with self.assertRaisesRegex(Refused, fault):
                objects_sites.begin_sending(stores, sites, "own")
        objects_sites.begin_sending(stores, sites, "own")
        asked = [path.removeprefix("site-replication/resync/op ") for _, path, _ in stores["own"].asked]
        self.assertEqual(asked, ["start", "cancel", "start", "cancel", "start"])

    def test_nothing_is_begun_before_every_bucket_has_learned_how_it_is_copied(self):
        stores = {"own": Store(full), "other": Store(empty)}
        stores["own"].unruled = ["data"]
        with self.assertRaisesRegex(Refused, "not learned how they are copied: data"):
            objects_sites.begin_sending(stores, sites, "own")
        self.assertEqual(stores["own"].asked, [])

    def test_nothing_is_begun_before_minio_lists_the_site(self):
        stores = {"own": Store(full), "other": Store(empty)}
        stores["own"].listed = ("objects-primary",)
        with self.assertRaisesRegex(Refused, "objects-standby is joined, and not yet listed"):
            objects_sites.begin_sending(stores, sites, "own")
        self.assertEqual(stores["own"].asked, [])

    def test_sending_goes_on_until_the_other_lacks_nothing(self):
        stores = {"own": Store(joined, keys=["a", "b", "c"]), "other": Store(joined, keys=["b"])}
        unsent = [Sending("own")]
        with mock.patch.object(objects_sites, "seen", lambda _: joined), mock.patch.object(objects_sites, "begin_sending", side_effect=[Refused("no"), None]) as begin:
            with self.assertRaises(Refused):
                objects_sites.look(stores, sites, unsent, LIFECYCLE)
            self.assertEqual(objects_sites.look(stores, sites, unsent, LIFECYCLE), "sending what objects-primary has: 2 objects are left")
            stores["other"].held = ["a", "b", "c", "d"]
            self.assertEqual(objects_sites.look(stores, sites, unsent, LIFECYCLE), "nothing: joined")
            objects_sites.look(stores, sites, unsent, LIFECYCLE)
        self.assertEqual((begin.call_count, unsent), (2, []))

    def test_a_bucket_that_lost_where_it_is_copied_to_has_it_again_and_its_site_sends_what_the_other_lacks(self):
        stores = {"own": Store(joined, keys=["a"]), "other": Store(joined, keys=["a", "b"])}
        stores["other"].lost = ["data"]
        unsent = []
        with mock.patch.object(objects_sites, "seen", lambda _: joined):
            self.assertEqual(objects_sites.look(stores, sites, unsent, LIFECYCLE), "sending what objects-standby has: 1 objects are left")
            stores["own"].held = ["a", "b"]
            self.assertEqual(objects_sites.look(stores, sites, unsent, LIFECYCLE), "nothing: joined")
        self.assertEqual([path for _, path, _ in stores["other"].asked], ["targets of data", "site-replication/resync/op start"])
        self.assertEqual((stores["own"].asked, unsent), ([], []))

    def test_a_bucket_that_lost_its_rule_is_mended_too(self):
        stores = {"own": Store(joined), "other": Store(joined)}
        stores["other"].unruled = ["data"]
        with mock.patch.object(objects_sites, "seen", lambda _: joined):
            self.assertEqual(objects_sites.look(stores, sites, [], LIFECYCLE), "nothing: joined")
        self.assertEqual([path for _, path, _ in stores["other"].asked], ["targets of data", "site-replication/resync/op start"])

    def test_what_is_mended_while_it_sends_begins_anew_after_what_else_is_to_be_sent(self):
        stores = {"own": Store(joined, keys=["a"]), "other": Store(joined)}
        stores["own"].lost = ["data"]
        unsent = [Sending("own"), Sending("other")]
        unsent[0].begun = True
        with mock.patch.object(objects_sites, "seen", lambda _: joined):
            objects_sites.look(stores, sites, unsent, LIFECYCLE)
        self.assertEqual([(sending.holder, sending.begun) for sending in unsent], [("own", True)])
        self.assertEqual([path for _, path, _ in stores["own"].asked], ["targets of data", "site-replication/resync/op start"])

    def test_what_was_mended_is_sent_though_the_next_bucket_could_not_be_mended(self):
        stores = {"own": Store(joined, keys=["a"]), "other": Store(joined)}
        stores["own"].lost, stores["other"].lost = ["data"], ["data"]
        stores["other"].retarget = mock.Mock(side_effect=Refused("no"))
        unsent = []
        with mock.patch.object(objects_sites, "seen", lambda _: joined), self.assertRaises(Refused):
            objects_sites.look(stores, sites, unsent, LIFECYCLE)
        self.assertEqual([sending.holder for sending in unsent], ["own"])

    def test_a_site_that_cannot_be_listed_is_no_site_that_has_all(self):
        stores = {"own": Store(joined, keys=["a"]), "other": Store(joined)}
        stores["other"].keys = mock.Mock(side_effect=KeyError("NoSuchBucket"))
        with self.assertRaisesRegex(Refused, "cannot be compared"):
            objects_sites.left_to_send(stores["own"], stores["other"], None)

    def test_what_the_other_lacks_is_counted_in_order(self):
        for here, there, count in (("", "", 0), ("abc", "", 3), ("abc", "abc", 0), ("bd", "abcde", 0), ("acz", "bcd", 2), ("a", "b", 1)):
            self.assertEqual(objects_sites.lacking(iter(here), iter(there)), count, (here, there))

    def test_a_site_that_is_gone_is_forgotten_first(self):
        self.assertEqual(self.asked(joined, empty)[0][0], ["site-replication/remove", "site-replication/add", "site-replication/resync/op start"])

    def test_half_of_a_join_is_taken_back(self):
        self.assertEqual(self.asked(full, site(True))[0][1], ["site-replication/remove"])

    def test_a_partial_success_is_a_fault(self):
        stores = {"own": Store(full, {"success": False, "status": "partial"}), "other": Store(empty)}
        with self.assertRaisesRegex(Refused, "partial"):
            objects_sites.look(stores, sites, [], LIFECYCLE)

    def test_nothing_is_asked_for_where_sites_are_joined(self):
        stores = {"own": Store(joined), "other": Store(joined)}
        for store in stores.values():
            store.sites = lambda: site(True)
        self.assertEqual(objects_sites.look(stores, sites, [], LIFECYCLE), "nothing: joined")
        self.assertEqual([store.asked for store in stores.values()], [[], []])


class Program(unittest.TestCase):
    """What it does from its start on."""

    def test_what_one_before_it_did_not_send_to_the_end_is_found_and_nothing_is_begun_anew(self):
        stores = {"https://minio-1:9000": Store(joined, keys=["a", "b"]), "https://objects-standby:9000": Store(joined, keys=["a"])}
        settings = {"endpoint": "https://minio-1:9000", "ca": "/ca", "lifecycle": LIFECYCLE, "sites": {**sites, "pollSeconds": 30}}
        said, looks = [], iter([lambda: stores["https://objects-standby:9000"].held.append("b"), lambda: None])

        def sleep(_):
            act = next(looks, None)
            if act is None:
                raise KeyboardInterrupt
            act()

        with (
            mock.patch("builtins.open", mock.mock_open(read_data=json.dumps(settings))),
            mock.patch.object(objects_sites, "Store", lambda endpoint, _: stores[endpoint]),
            mock.patch.object(objects_sites, "seen", lambda _: joined),
            mock.patch.object(objects_sites.time, "sleep", sleep),
            mock.patch("builtins.print", lambda text, **_: said.append(text)),
            self.assertRaises(KeyboardInterrupt),
        ):
            objects_sites.main("settings.json")
        self.assertEqual(said, ["sending what objects-primary has: 1 objects are left", "nothing: joined"])
        self.assertEqual([store.asked for store in stores.values()], [[], []])


class Counted(unittest.TestCase):
    def test_what_is_on_its_way_and_what_is_about_to_expire_is_not_waited_for(self):
        counts = objects_sites.counted(LIFECYCLE, NOW)
        for key, age, expected in (
            ("raw-data-item/a", timedelta(seconds=1), True),
            ("raw-data-item/a", timedelta(0), False),
            ("raw-data-item/a", timedelta(days=300), True),
            ("bundle/a", timedelta(days=56), True),
            ("bundle/a", timedelta(days=58), False),
            ("chunks/a", timedelta(days=70), False),
        ):
            self.assertEqual(counts(key, NOW - age), expected, (key, age))

    def test_a_bucket_gives_the_keys_that_count(self):
        pages = [{"Contents": [{"Key": "old", "LastModified": NOW - timedelta(seconds=1)}]}, {"Contents": [{"Key": "on-its-way", "LastModified": NOW}]}, {}]
        store = objects_admin.Store.__new__(objects_admin.Store)
        store.s3 = lambda: mock.Mock(get_paginator=lambda _: mock.Mock(paginate=lambda **_: pages))
        self.assertEqual(list(store.keys("data", objects_sites.counted(LIFECYCLE, NOW))), ["old"])
        self.assertEqual(list(store.keys("data")), ["old", "on-its-way"])


class Targets(unittest.TestCase):
    """Where to a bucket is copied, by the settings that MinIO stores."""

    def archive(self, files):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    def store(self, settings, known=None):
        store, asked = objects_admin.Store("https://objects-primary:9000", "/ca"), []
        store.buckets = lambda: list(settings)

        def call(method, path, body=None, seconds=30):
            name, _, parameters = path.partition("?")
            asked.append((method, name, parse_qs(parameters), body))
            if name == "export-bucket-metadata":
                return self.archive(settings[parse_qs(parameters)["bucket"][0]])
            return json.dumps(known).encode() if name == "list-remote-targets" else b""

        store.call = call
        return store, asked

    def setUp(self):
        self.enterContext(mock.patch.dict(os.environ, MINIO_ROOT_USER="root", MINIO_ROOT_PASSWORD="secret"))
        self.enterContext(mock.patch.object(objects_admin, "encrypted", lambda password, text: text))

    def test_a_bucket_without_them_is_found_whether_its_settings_are_empty_or_not_there(self):
        settings = {
            "whole": {"whole/bucket-targets.json": "<BucketTargets><Targets><Arn>a</Arn></Targets></BucketTargets>"},
            "emptied": {"emptied/bucket-targets.json": "<BucketTargets></BucketTargets>"},
            "without": {"without/versioning.xml": "<VersioningConfiguration/>"},
        }
        self.assertEqual(self.store(settings)[0].untargeted(), ["emptied", "without"])

    def test_what_the_host_still_knows_is_stored_again(self):
        store, asked = self.store({}, [{"arn": "a"}])
        store.retarget("data")
        self.assertEqual(asked[1], ("PUT", "set-remote-target", {"bucket": ["data"], "update": ["true"], "healthcheck": ["true"]}, b'{"arn": "a"}'))
        self.assertEqual(asked[2:], [("PUT", "site-replication/peer/bucket-ops", {"bucket": ["data"], "operation": ["configure-replication"]}, None)])

    def test_what_no_host_knows_is_made_anew(self):
        for known in (None, []):
            store, asked = self.store({}, known)
            store.retarget("data")
            self.assertEqual(asked[1:], [("PUT", "site-replication/peer/bucket-ops", {"bucket": ["data"], "operation": ["configure-replication"]}, None)])


if __name__ == "__main__":
    unittest.main()
