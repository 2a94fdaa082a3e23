import io
import json
import unittest
import zipfile

from objects_provision import iam_archive, lifecycle_rules


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


if __name__ == "__main__":
    unittest.main()
