import io
import json
import unittest
import zipfile
from unittest import mock

import objects_provision
from objects_provision import iam_archive, lifecycle_rules, may_make


class Archive(unittest.TestCase):
    def test_it_holds_the_policy_the_user_and_their_tie(self):
        with zipfile.ZipFile(io.BytesIO(iam_archive("p", {"Version": "2012-10-17"}, "key", "secret"))) as archive:
            held = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        self.assertEqual(
            held,
            {
                "iam-assets/policies.json": {"p": {"Version": "2012-10-17"}},
                "iam-assets/users.json": {"key": {"secretKey": "secret", "status": "enabled"}},
                "iam-assets/user_mappings.json": {"key": {"version": 1, "policy": "p"}},
            },
        )

    def test_each_rule_has_its_own_name_and_only_work_prefixes_lose_current_objects(self):
        rules = lifecycle_rules({"workPrefixes": ["bundle/", "chunks/"], "workPrefixesDays": 60, "noncurrentDays": 30})
        self.assertEqual(len({rule["ID"] for rule in rules}), 3)
        expiring = [rule["Filter"]["Prefix"] for rule in rules if "Days" in rule["Expiration"]]
        self.assertEqual(expiring, ["bundle/", "chunks/"])
        self.assertEqual(rules[-1]["NoncurrentVersionExpiration"], {"NoncurrentDays": 30})


class Pair(unittest.TestCase):
    """Whether a site of two makes its buckets."""

    def makes(self, site, enabled=False, own=(), other=None):
        """`other`: the other region's buckets; None when it does not answer."""
        store = mock.Mock()
        store.sites.return_value, store.buckets.return_value = {"enabled": enabled}, list(own)
        elsewhere = mock.Mock()
        elsewhere.buckets.side_effect = [OSError("no way")] if other is None else [list(other)]
        with mock.patch.object(objects_provision, "Store", return_value=elsewhere):
            return may_make(store, {"makes": site == "primary", "other": {"endpoint": "https://objects-standby:9000"}}, "/ca")

    def test_the_first_region_serves_without_the_second(self):
        self.assertTrue(self.makes("primary"))
        self.assertTrue(self.makes("primary", other=[]))
        self.assertTrue(self.makes("primary", enabled=True))

    def test_the_first_region_made_anew_waits_for_what_the_second_has(self):
        with self.assertRaisesRegex(SystemExit, "waiting to be joined"):
            self.makes("primary", other=["data"])
        self.assertTrue(self.makes("primary", own=["data"], other=["data"]))

    def test_the_second_region_makes_none_of_its_own(self):
        with self.assertRaisesRegex(SystemExit, "not joined"):
            self.makes("standby", other=[])
        self.assertFalse(self.makes("standby", enabled=True))


if __name__ == "__main__":
    unittest.main()
