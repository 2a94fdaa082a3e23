import assert from "node:assert/strict";
import { Account, modelOf, network, refusedByCheck } from "./account";
import { check } from "../../../lab/cloud/check";
import { mustText } from "../../../lab/cloud/properties";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

const document = (statement: Record<string, string>): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

describe("embedded cloud: buckets", () => {
  it("has every name once in all regions, and only names that S3 allows", () => {
    const account = new Account();
    account.make(BUCKET, { bucket: "one" + "-raw" });
    account.refusesToMake("BucketAlreadyOwnedByYou", BUCKET, { bucket: "one-raw", region: "eu-west-1" });
    for (const bucket of ["Upper", "ab", "a..b", "10.0.0.1", "xn--a", "a_b"]) refusedByCheck(BUCKET, { bucket }, "bucket");
  });

  it("names a bucket that has no name, in lower case", () => {
    const { inputs } = check(modelOf(BUCKET), { name: "Raw_Items", olds: {}, news: {}, seed: new Uint8Array([1]) });
    assert.match(mustText(inputs, "bucket"), /^raw-items-[0-9a-f]{7}$/);
  });

  it("sets things only on buckets that exist, and loses them with the bucket", () => {
    const account = new Account();
    const bucket = account.make(BUCKET, { bucket: "one-raw" });
    account.make(VERSIONING, { bucket: "one-raw", versioningConfiguration: { status: "Enabled" } });
    account.refusesToMake("NoSuchBucket", VERSIONING, { bucket: "two-raw", versioningConfiguration: { status: "Enabled" } });
    refusedByCheck(VERSIONING, { bucket: "one-raw", versioningConfiguration: { status: "On" } }, "versioningConfiguration.status");
    account.delete(BUCKET, bucket);
    assert.deepEqual(account.record.everything(), []);
  });

  it("refuses keys that do not exist or do not fit, and lifecycle rules that do nothing", () => {
    const account = new Account();
    account.make(BUCKET, { bucket: "one-raw" });
    const rule = (chosen: Record<string, string>) => ({ bucket: "one-raw", rules: [{ applyServerSideEncryptionByDefault: chosen }] });
    account.refusesToMake("NotFoundException", ENCRYPTION, rule({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/none" }));
    const key = account.make("aws:kms/key:Key", {});
    account.refusesToMake("InvalidArgument", ENCRYPTION, rule({ sseAlgorithm: "AES256", kmsMasterKeyId: key.id }));
    account.make(ENCRYPTION, rule({ sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id }));
    account.refusesToMake("InvalidRequest", LIFECYCLE, { bucket: "one-raw", rules: [{ id: "idle", status: "Enabled" }] });
    const old = { id: "old", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } };
    account.refusesToMake("InvalidArgument", LIFECYCLE, { bucket: "one-raw", rules: [old, old] });
    account.make(LIFECYCLE, { bucket: "one-raw", rules: [old] });
  });

  it("refuses a policy about another bucket, and a public one where those are blocked", () => {
    const account = new Account();
    account.make(BUCKET, { bucket: "one-raw" });
    const open = document({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::one-raw/*" });
    const closed = document({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::one-raw/*" });
    const elsewhere = document({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::two-raw/*" });
    account.make(BLOCK, { bucket: "one-raw", blockPublicPolicy: true });
    account.refusesToMake("AccessDenied", POLICY, { bucket: "one-raw", policy: open });
    account.refusesToMake("MalformedPolicy", POLICY, { bucket: "one-raw", policy: elsewhere });
    account.make(POLICY, { bucket: "one-raw", policy: closed });
  });
});

describe("embedded cloud: load balancers", () => {
  const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
  const TARGETS = "aws:lb/targetGroup:TargetGroup";
  const LISTENER = "aws:lb/listener:Listener";
  const TARGET = "aws:lb/targetGroupAttachment:TargetGroupAttachment";

  it("wants subnets of different zones and a way to the internet", () => {
    const account = new Account();
    const { vpc, subnetA, subnetB } = network(account);
    account.make(BALANCER, { name: "edge", loadBalancerType: "network", subnets: [subnetA.id, subnetB.id] });
    account.refusesToMake("DuplicateLoadBalancerName", BALANCER, { name: "edge", loadBalancerType: "network", subnets: [subnetA.id] });
    account.refusesToMake("ValidationError", BALANCER, { name: "app", subnets: [subnetA.id] });
    const same = account.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.5.0/24", availabilityZone: "us-east-1a" });
    account.refusesToMake("InvalidConfigurationRequest", BALANCER, { name: "app", subnets: [subnetA.id, same.id] });
    const inner = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    const lonely = account.make("aws:ec2/subnet:Subnet", { vpcId: inner.id, cidrBlock: "10.8.0.0/24" });
    account.refusesToMake("InvalidSubnet", BALANCER, { name: "out", loadBalancerType: "network", subnets: [lonely.id] });
    account.make(BALANCER, { name: "in", loadBalancerType: "network", internal: true, subnets: [lonely.id] });
    refusedByCheck(BALANCER, { name: "x".repeat(33), subnets: [subnetA.id] }, "name");
  });

  it("listens once a port, to groups of its own VPC and kind, and keeps a group in use", () => {
    const account = new Account();
    const { vpc, subnetA } = network(account);
    const balancer = account.make(BALANCER, { name: "edge", loadBalancerType: "network", subnets: [subnetA.id] });
    const group = account.make(TARGETS, { name: "edge", port: 443, protocol: "TCP", targetType: "ip", vpcId: vpc.id });
    const web = account.make(TARGETS, { name: "web", port: 80, protocol: "HTTP", vpcId: vpc.id });
    const listen = (port: number, protocol: string, targetGroupArn: string) => ({
      loadBalancerArn: balancer.id,
      port,
      protocol,
      defaultActions: [{ type: "forward", targetGroupArn }],
    });
    account.make(LISTENER, listen(443, "TCP", group.id));
    account.refusesToMake("DuplicateListener", LISTENER, listen(443, "TCP", group.id));
    account.refusesToMake("IncompatibleProtocols", LISTENER, listen(80, "TCP", web.id));
    account.refusesToMake("CertificateNotFound", LISTENER, listen(444, "TLS", group.id));
    account.refusesToMake("ValidationError", LISTENER, listen(80, "HTTP", web.id));
    account.refusesToMake("TargetGroupNotFound", LISTENER, listen(445, "TCP", "arn:aws:elasticloadbalancing:none"));
    account.make(TARGET, { targetGroupArn: group.id, targetId: "10.0.1.10", port: 443 });
    account.refusesToMake("InvalidTarget", TARGET, { targetGroupArn: web.id, targetId: "i-0" });
    account.refused("ResourceInUse", () => {
      account.delete(TARGETS, group);
    });
    account.delete(BALANCER, balancer);
    account.delete(TARGETS, group);
    assert.equal(account.record.all(TARGET).length, 0);
  });
});
