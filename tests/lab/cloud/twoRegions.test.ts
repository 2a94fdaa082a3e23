import assert from "node:assert/strict";
import { difference } from "../../../lab/cloud/difference";
import type { Made } from "../../../lab/cloud/package";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, modelOf, NOW, refusedByCheck } from "./account";

const WEST = "us-west-2";
const KEY = "aws:kms/key:Key";
const REPLICA = "aws:kms/replicaKey:ReplicaKey";
const SECRET = "aws:secretsmanager/secret:Secret";
const BUCKET = "aws:s3/bucket:Bucket";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const VPC = "aws:ec2/vpc:Vpc";
const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const ACCEPTER = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";

const role = (account: Account, name: string, service: string): string => {
  const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }];
  return mustText(account.make("aws:iam/role:Role", { name, assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) }).properties, "arn");
};

describe("embedded cloud: keys and secrets of two regions", () => {
  it("copies a multi-Region key once into another region, with the same id", () => {
    const account = new Account();
    const key = account.make(KEY, { multiRegion: true });
    const primaryKeyArn = mustText(key.properties, "arn");
    assert.match(key.id, /^mrk-[0-9a-f]{32}$/);
    const replica = account.make(REPLICA, { primaryKeyArn, region: WEST });
    assert.equal(replica.properties["arn"], `arn:aws:kms:us-west-2:123456789012:key/${key.id}`);
    account.make("aws:kms/alias:Alias", { name: "alias/data", targetKeyId: key.id, region: WEST });
    account.refusesToMake("AlreadyExistsException", REPLICA, { primaryKeyArn, region: WEST });
    account.refusesToMake("AlreadyExistsException", REPLICA, { primaryKeyArn });
    account.refusesToMake("UnsupportedOperationException", REPLICA, { primaryKeyArn: mustText(replica.properties, "arn"), region: "eu-west-1" });
    const single = mustText(account.make(KEY, {}).properties, "arn");
    account.refusesToMake("UnsupportedOperationException", REPLICA, { primaryKeyArn: single, region: WEST });
    account.refusesToMake("NotFoundException", REPLICA, { primaryKeyArn: `${single}0`, region: WEST });
    assert.equal(account.change(REPLICA, replica, { primaryKeyArn, region: WEST, enabled: false })["enabled"], false);
    refusedByCheck(REPLICA, { primaryKeyArn, deletionWindowInDays: 3 }, "deletionWindowInDays");
    account.delete(REPLICA, replica);
    account.refusesToMake("AlreadyExistsException", REPLICA, { primaryKeyArn, region: WEST });
    account.now = new Date(NOW.getTime() + 31 * 86_400_000);
    account.make(REPLICA, { primaryKeyArn, region: WEST });
  });

  it("refuses a policy of a replica that locks its owner out", () => {
    const account = new Account();
    const primaryKeyArn = mustText(account.make(KEY, { multiRegion: true }).properties, "arn");
    const Statement = [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" }];
    account.refusesToMake("MalformedPolicyDocumentException", REPLICA, {
      primaryKeyArn,
      region: WEST,
      policy: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
  });

  it("copies a secret where its name is free and the key is of that region", () => {
    const account = new Account();
    const near = mustText(account.make(KEY, {}).properties, "arn");
    const far = mustText(account.make(KEY, { region: WEST }).properties, "arn");
    const to = (...replicas: Properties[]): Properties => ({ name: "wallet", replicas });
    for (const region of ["us-east-1", "mars-1"]) account.refusesToMake("InvalidParameterException", SECRET, to({ region }));
    account.refusesToMake("InvalidParameterException", SECRET, to({ region: WEST, kmsKeyId: near }));
    account.refusesToMake("InvalidParameterException", SECRET, to({ region: WEST, kmsKeyId: far }, { region: WEST }));
    const secret = account.make(SECRET, to({ region: WEST, kmsKeyId: far }));
    assert.deepEqual(secret.properties["replicas"], [{ region: WEST, kmsKeyId: far, status: "InSync", statusMessage: "" }]);
    account.refusesToMake("ResourceExistsException", SECRET, { name: "wallet", region: WEST });
    assert.equal((account.change(SECRET, secret, to({ region: WEST, kmsKeyId: far }, { region: "eu-west-1" }))["replicas"] as Properties[]).length, 2);
    assert.equal(account.change(SECRET, secret, { name: "wallet" })["replicas"], undefined);
    account.make(SECRET, { name: "wallet", region: WEST });
  });

  it("writes over a secret of the other region only when it is told to", () => {
    const account = new Account();
    const other = account.make(SECRET, { name: "wallet", region: WEST });
    account.make("aws:secretsmanager/secretVersion:SecretVersion", { secretId: other.id, secretString: "x", region: WEST });
    account.refusesToMake("ResourceExistsException", SECRET, { name: "wallet", replicas: [{ region: WEST }] });
    account.make(SECRET, { name: "wallet", replicas: [{ region: WEST }], forceOverwriteReplicaSecret: true });
    assert.equal(account.record.everything().length, 1);
    const gone = account.make(SECRET, { name: "gone", region: WEST });
    account.delete(SECRET, gone);
    account.refusesToMake("InvalidRequestException", SECRET, { name: "gone", replicas: [{ region: WEST }] });
  });
});

describe("embedded cloud: buckets of two regions", () => {
  const setUp = (): { account: Account; rule: Properties; config: (...rules: Properties[]) => Properties; source: Made; versioning: Made } => {
    const account = new Account();
    const source = account.make(BUCKET, { bucket: "data-east" });
    account.make(BUCKET, { bucket: "data-west", region: WEST });
    const versioning = account.make(VERSIONING, { bucket: "data-east", versioningConfiguration: { status: "Enabled" } });
    account.make(VERSIONING, { bucket: "data-west", region: WEST, versioningConfiguration: { status: "Enabled" } });
    const arn = role(account, "replicate", "s3.amazonaws.com");
    const destination: Properties = {
      bucket: "arn:aws:s3:::data-west",
      replicationTime: { status: "Enabled", time: { minutes: 15 } },
      metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
    };
    const rule: Properties = { id: "all", priority: 1, status: "Enabled", filter: {}, deleteMarkerReplication: { status: "Enabled" }, destination };
    return { account, rule, config: (...rules) => ({ bucket: "data-east", role: arn, rules }), source, versioning };
  };
  const aimed = (rule: Properties, destination: Properties): Properties => ({
    ...rule,
    destination: { ...(rule["destination"] as Properties), ...destination },
  });

  it("copies between versioned buckets, and keeps them versioned", () => {
    const { account, rule, config, source, versioning } = setUp();
    const plain = account.make(BUCKET, { bucket: "plain" });
    account.refusesToMake("InvalidRequest", REPLICATION, config(aimed(rule, { bucket: mustText(plain.properties, "arn") })));
    account.refusesToMake("InvalidRequest", REPLICATION, { ...config(rule), bucket: "plain" });
    account.refusesToMake("InvalidRequest", REPLICATION, config(aimed(rule, { bucket: "arn:aws:s3:::none" })));
    account.refusesToMake("InvalidRequest", REPLICATION, config(aimed(rule, { bucket: "arn:aws:s3:::data-east" })));
    const made = account.make(REPLICATION, config(rule));
    assert.equal(made.id, "data-east");
    account.refused("InvalidBucketState", () =>
      account.change(VERSIONING, versioning, { bucket: "data-east", versioningConfiguration: { status: "Suspended" } }),
    );
    account.refused("InvalidBucketState", () => {
      account.delete(VERSIONING, versioning);
    });
    account.change(REPLICATION, made, config({ ...rule, status: "Disabled" }));
    account.delete(REPLICATION, made);
    account.change(VERSIONING, versioning, { bucket: "data-east", versioningConfiguration: { status: "Suspended" } });
    account.delete(BUCKET, source);
  });

  it("wants a role that S3 can assume", () => {
    const { account, rule, config } = setUp();
    account.refusesToMake("InvalidRequest", REPLICATION, { ...config(rule), role: "arn:aws:iam::123456789012:role/none" });
    account.refusesToMake("InvalidRequest", REPLICATION, { ...config(rule), role: role(account, "host", "ec2.amazonaws.com") });
  });

  it("refuses rules that contradict each other or themselves", () => {
    const { account, rule, config } = setUp();
    const refuses = (code: string, ...rules: Properties[]): void => {
      account.refusesToMake(code, REPLICATION, config(...rules));
    };
    const without = (key: string): Properties => Object.fromEntries(Object.entries(rule).filter(([name]) => name !== key));
    refuses("InvalidArgument", rule, { ...rule, priority: 2 });
    refuses("InvalidRequest", rule, { ...rule, id: "other" });
    refuses("InvalidRequest", without("deleteMarkerReplication"));
    refuses("InvalidRequest", without("filter"));
    refuses("InvalidRequest", { ...rule, filter: { tag: { key: "a", value: "b" } } });
    refuses("MalformedXML", { ...rule, filter: { prefix: "a", tag: { key: "a", value: "b" } } });
    refuses("MalformedXML", { ...rule, existingObjectReplication: { status: "Enabled" } });
    refuses("InvalidRequest", aimed(rule, { metrics: { status: "Enabled" } }));
    refuses("InvalidRequest", aimed(rule, { account: "210987654321" }));
    refusedByCheck(
      REPLICATION,
      config(aimed(rule, { replicationTime: { status: "Enabled", time: { minutes: 30 } } })),
      "rules[0].destination.replicationTime.time.minutes",
    );
    refusedByCheck(REPLICATION, config(), "rules");
  });

  it("wants a key of the destination's region for encrypted objects, and only for them", () => {
    const { account, rule, config } = setUp();
    const near = mustText(account.make(KEY, {}).properties, "arn");
    const far = mustText(account.make(KEY, { region: WEST }).properties, "arn");
    const encrypted = { ...rule, sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } };
    const key = (replicaKmsKeyId: string): Properties => ({ encryptionConfiguration: { replicaKmsKeyId } });
    account.refusesToMake("InvalidRequest", REPLICATION, config(encrypted));
    account.refusesToMake("InvalidRequest", REPLICATION, config(aimed(rule, key(far))));
    account.refusesToMake("InvalidArgument", REPLICATION, config(aimed(encrypted, key(near))));
    account.make(REPLICATION, config(aimed(encrypted, key(far))));
  });
});

describe("embedded cloud: networks of two regions", () => {
  const setUp = (): { account: Account; east: Made; west: Made; asked: Properties } => {
    const account = new Account();
    const east = account.make(VPC, { cidrBlock: "10.0.0.0/16" });
    const west = account.make(VPC, { cidrBlock: "10.1.0.0/16", region: WEST });
    return { account, east, west, asked: { vpcId: east.id, peerVpcId: west.id, peerRegion: WEST } };
  };

  it("connects VPCs whose addresses differ, when the other region accepts, and routes between them", () => {
    const { account, east, west, asked } = setUp();
    const peering = account.make(PEERING, asked);
    assert.equal(peering.properties["acceptStatus"], "pending-acceptance");
    const there = account.make(TABLE, { vpcId: west.id, region: WEST });
    const back = account.make(ROUTE, { routeTableId: there.id, destinationCidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: peering.id, region: WEST });
    assert.equal(back.properties["state"], "blackhole");
    account.refusesToMake("OperationNotPermitted", ACCEPTER, { vpcPeeringConnectionId: peering.id, autoAccept: true });
    account.refusesToMake("InvalidVpcPeeringConnectionID.NotFound", ACCEPTER, { vpcPeeringConnectionId: "pcx-0", region: WEST });
    const accepter = account.make(ACCEPTER, { vpcPeeringConnectionId: peering.id, region: WEST });
    assert.equal(accepter.properties["acceptStatus"], "pending-acceptance");
    assert.equal(account.change(ACCEPTER, accepter, { vpcPeeringConnectionId: peering.id, region: WEST, autoAccept: true })["acceptStatus"], "active");
    assert.equal(account.record.get(PEERING, "us-east-1", peering.id)?.properties["acceptStatus"], "active");
    assert.equal(account.record.get(ROUTE, WEST, back.id)?.properties["state"], "active");
    account.make(TABLE, { vpcId: east.id, routes: [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering.id }] });
    const stranger = account.make(VPC, { cidrBlock: "10.2.0.0/16" });
    const table = account.make(TABLE, { vpcId: stranger.id });
    account.refusesToMake("InvalidParameterValue", ROUTE, { routeTableId: table.id, destinationCidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering.id });
    account.delete(PEERING, peering);
    assert.equal(account.record.all(ACCEPTER).length, 0);
  });

  it("refuses overlaps, unknown VPCs, a second connection and acceptance across regions", () => {
    const { account, east, west, asked } = setUp();
    const same = account.make(VPC, { cidrBlock: "10.0.128.0/17", region: WEST });
    account.refusesToMake("failed", PEERING, { ...asked, peerVpcId: same.id });
    account.refusesToMake("failed", PEERING, { ...asked, peerOwnerId: "210987654321" });
    account.refusesToMake("InvalidVpcID.NotFound", PEERING, { ...asked, peerVpcId: "vpc-0" });
    account.refusesToMake("InvalidVpcID.NotFound", PEERING, { vpcId: east.id, peerVpcId: west.id });
    refusedByCheck(PEERING, { ...asked, autoAccept: true }, "autoAccept");
    const peering = account.make(PEERING, asked);
    account.refusesToMake("VpcPeeringConnectionAlreadyExists", PEERING, asked);
    account.refused("DependencyViolation", () => {
      account.delete(VPC, west);
    });
    account.refused("OperationNotPermitted", () => account.change(PEERING, peering, { vpcId: east.id, peerVpcId: west.id, autoAccept: true }));
    const near = account.make(VPC, { cidrBlock: "10.3.0.0/16" });
    assert.equal(account.make(PEERING, { vpcId: east.id, peerVpcId: near.id, autoAccept: true }).properties["acceptStatus"], "active");
  });
});

describe("embedded cloud: what a change of these types does", () => {
  const effects = (type: string, olds: Properties, news: Properties): string[] => difference(modelOf(type), olds, news).changes.map(({ effect }) => effect);
  const cases: [string, Properties, Properties, "replace" | "update"][] = [
    ["aws:route53/zone:Zone", { name: "a.test" }, { name: "b.test" }, "replace"],
    ["aws:route53/zone:Zone", { vpcs: [{ vpcId: "v" }] }, { vpcs: [{ vpcId: "v" }, { vpcId: "w" }] }, "update"],
    ["aws:route53/record:Record", { type: "A" }, { type: "CNAME" }, "update"],
    ["aws:route53/record:Record", { zoneId: "a" }, { zoneId: "b" }, "replace"],
    ["aws:route53/healthCheck:HealthCheck", { requestInterval: 10 }, { requestInterval: 30 }, "replace"],
    ["aws:route53/healthCheck:HealthCheck", { failureThreshold: 1 }, { failureThreshold: 2 }, "update"],
    ["aws:cloudwatch/metricAlarm:MetricAlarm", { period: 60 }, { period: 120 }, "update"],
    ["aws:sns/topicSubscription:TopicSubscription", { endpoint: "a@b" }, { endpoint: "c@d" }, "replace"],
    [REPLICA, { primaryKeyArn: "a" }, { primaryKeyArn: "b" }, "replace"],
    [KEY, { multiRegion: false }, { multiRegion: true }, "replace"],
    [SECRET, { replicas: [] }, { replicas: [{ region: WEST }] }, "update"],
    [REPLICATION, { bucket: "a" }, { bucket: "b" }, "replace"],
    [PEERING, { peerVpcId: "a" }, { peerVpcId: "b" }, "replace"],
    [PEERING, { autoAccept: false }, { autoAccept: true }, "update"],
    ["aws:arcregionswitch/plan:Plan", { primaryRegion: WEST }, { primaryRegion: "us-east-1" }, "replace"],
    ["aws:arcregionswitch/plan:Plan", { workflows: [] }, { workflows: [{ workflowTargetAction: "activate" }] }, "update"],
    ["aws:globalaccelerator/endpointGroup:EndpointGroup", { endpointGroupRegion: WEST }, { endpointGroupRegion: "us-east-1" }, "replace"],
    ["aws:globalaccelerator/accelerator:Accelerator", { name: "a" }, { name: "b" }, "update"],
  ];
  for (const [type, olds, news, effect] of cases) {
    it(`${effect === "replace" ? "replaces" : "updates"} ${type} for another ${Object.keys(news).join()}`, () => {
      assert.deepEqual([...new Set(effects(type, olds, news))], [effect]);
    });
  }
});
