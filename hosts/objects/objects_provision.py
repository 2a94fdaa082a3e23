"""Makes MinIO's buckets and the application's own key. usage: objects_provision.py SETTINGS.json

Idempotent: run at each boot of the first objects host, and after a rotated key. The application never has the root credential:
its user and policy go in by MinIO's IAM import, the one administrative call that takes a new user's secret without MinIO's own
encryption (TLS protects it), so neither `mc` nor another artifact is needed.
"""

import io
import json
import os
import ssl
import sys
import urllib.request
import zipfile


def required(variable):
    value = os.environ.get(variable)
    if not value:
        sys.exit(f"environment variable {variable} is not set: it must come from this unit's EnvironmentFile")
    return value


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


def make_buckets(client, settings, errors):
    for bucket in settings["buckets"]:
        try:
            client.head_bucket(Bucket=bucket)
        except errors.ClientError as fault:
            if fault.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise
            client.create_bucket(Bucket=bucket)
            print(f"bucket {bucket} made", flush=True)
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": lifecycle_rules(settings["lifecycle"])}
        )


def import_iam(settings, body, root, auth):
    """Puts the archive in and raises unless MinIO took all of it."""
    from botocore.awsrequest import AWSRequest

    url = settings["endpoint"] + "/minio/admin/v3/import-iam-v2"
    signed = AWSRequest("PUT", url, data=body)
    auth(root, "s3", "us-east-1").add_auth(signed)
    request = urllib.request.Request(url, body, dict(signed.headers), method="PUT")
    context = ssl.create_default_context(cafile=settings["ca"])
    with urllib.request.urlopen(request, timeout=30, context=context) as answer:
        report = json.loads(answer.read() or b"{}")
    refused = {kind: found for kind, found in (report.get("failed") or {}).items() if found}
    if refused:
        sys.exit(f"MinIO did not take the application's user or policy: {json.dumps(refused)}")


def main(path):
    import boto3
    from botocore import exceptions
    from botocore.auth import S3SigV4Auth
    from botocore.config import Config
    from botocore.credentials import Credentials

    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    root = Credentials(required("MINIO_ROOT_USER"), required("MINIO_ROOT_PASSWORD"))
    client = boto3.client(
        "s3",
        endpoint_url=settings["endpoint"],
        region_name="us-east-1",
        aws_access_key_id=root.access_key,
        aws_secret_access_key=root.secret_key,
        verify=settings["ca"],
        config=Config(s3={"addressing_style": "path"}, connect_timeout=5, read_timeout=30, retries={"max_attempts": 2}),
    )
    make_buckets(client, settings, exceptions)
    key, secret = required("S3_ACCESS_KEY_ID"), required("S3_SECRET_ACCESS_KEY")
    import_iam(settings, iam_archive(settings["policyName"], settings["policy"], key, secret), root, S3SigV4Auth)
    print("buckets, policy and the application's user are as the settings say", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
