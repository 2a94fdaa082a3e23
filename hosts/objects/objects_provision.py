"""Makes MinIO's buckets and the application's own key. usage: objects_provision.py SETTINGS.json

Idempotent: run at each boot of the first objects host, and after a rotated key. The application never has the root credential:
its user and policy go in by MinIO's IAM import, the one administrative call that takes a new user's secret without MinIO's own
encryption (TLS protects it), so neither `mc` nor another artifact is needed.
"""

import io
import json
import sys
import zipfile

from objects_admin import Refused, Store, required


def lifecycle_rules(lifecycle):
    """MinIO's lifecycle: the application's work prefixes expire, and so do old versions and lone delete markers."""
    rules = [
        {
            "ID": "expire-" + prefix.strip("/"),
            "Status": "Enabled",
            "Filter": {"Prefix": prefix},
            "Expiration": {"Days": lifecycle["workPrefixesDays"]},
        }
        for prefix in lifecycle["workPrefixes"]
    ]
    old = {
        "ID": "expire-old-versions",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"ExpiredObjectDeleteMarker": True},
        "NoncurrentVersionExpiration": {"NoncurrentDays": lifecycle["noncurrentDays"]},
    }
    return rules + [old]


def iam_archive(policy_name, policy, access_key, secret_key):
    """MinIO's IAM export format with one policy, one user, and the one given to the other."""
    entries = {
        "policies.json": {policy_name: policy},
        "users.json": {access_key: {"secretKey": secret_key, "status": "enabled"}},
        "user_mappings.json": {access_key: {"version": 1, "policy": policy_name}},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr("iam-assets/" + name, json.dumps(content))
    return buffer.getvalue()


def make_buckets(client, settings, errors, makes):
    for bucket in settings["buckets"]:
        try:
            client.head_bucket(Bucket=bucket)
        except errors.ClientError as fault:
            if fault.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise
            if not makes:
                sys.exit(f"bucket {bucket} has not come from the other region's site yet")
            client.create_bucket(Bucket=bucket)
            print(f"bucket {bucket} made", flush=True)
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": lifecycle_rules(settings["lifecycle"])}
        )


def import_iam(store, body):
    """Puts the archive in and raises unless MinIO took all of it."""
    report = store.admin("PUT", "import-iam-v2", body)
    refused = {kind: found for kind, found in (report.get("failed") or {}).items() if found}
    if refused:
        sys.exit(f"MinIO did not take the application's user or policy: {json.dumps(refused)}")


def may_make(store, sites, authority):
    """Whether this site makes what is missing, of two that copy to each other. Ends the program where it has to wait for the other."""
    if store.sites()["enabled"]:
        return sites["makes"]
    if not sites["makes"]:
        sys.exit("not joined to the other region's site yet, which brings the buckets")
    try:
        elsewhere = Store(sites["other"]["endpoint"], authority).buckets()
    except Exception as fault:  # boto's own: the other region does not answer, and this one has to serve
        print(f"the other region's site does not answer: {fault}", flush=True)
        return True
    if elsewhere and not store.buckets():
        # MinIO joins only a site without buckets to one that has some.
        sys.exit("the other region's site has the buckets: waiting to be joined to it")
    return True


def main(path):
    from botocore import exceptions

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    store, sites = Store(settings["endpoint"], settings["ca"]), settings["sites"]
    try:
        makes = True if sites is None else may_make(store, sites, settings["ca"])
        make_buckets(store.s3(), settings, exceptions, makes)
        key, secret = required("S3_ACCESS_KEY_ID"), required("S3_SECRET_ACCESS_KEY")
        import_iam(store, iam_archive(settings["policyName"], settings["policy"], key, secret))
    except (Refused, OSError) as fault:
        sys.exit(f"MinIO: {fault}")
    print("buckets, policy and the application's user are as the settings say", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
