import assert from "node:assert/strict";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, modelOf, network, refusedByCheck } from "./account";
import { unchangedByRefresh } from "./databases";
import { difference } from "../../../lab/cloud/difference";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";

function caches() {
  const account = new Account();
  const made = network(account);
  const subnets = account.make(SUBNETS, { name: "cache", subnetIds: [made.subnetA.id, made.subnetB.id] });
  return { account, ...made, subnets };
}

/** Inputs of a replication group that is accepted, some of them replaced. */
const cache = (other: Properties = {}): Properties => ({
  replicationGroupId: "queue",
  description: "queues",
  engine: "valkey",
  engineVersion: "8.0",
  nodeType: "cache.r7g.large",
  numCacheClusters: 2,
  automaticFailoverEnabled: true,
  multiAzEnabled: true,
  subnetGroupName: "cache",
  transitEncryptionEnabled: true,
  ...other,
});

describe("embedded cloud: ElastiCache", () => {
  it("makes a replication group with what ElastiCache fills in", () => {
    const { account } = caches();
    const made = account.make(GROUP, cache());
    const { id, properties } = made;
    unchangedByRefresh(account, GROUP, made, cache());
    assert.equal(id, "queue");
    assert.deepEqual(properties["memberClusters"], ["queue-001", "queue-002"]);
    assert.equal(properties["primaryEndpointAddress"], "master.queue.a1b2c3.use1.cache.amazonaws.com");
    assert.equal(properties["readerEndpointAddress"], "replica.queue.a1b2c3.use1.cache.amazonaws.com");
    assert.deepEqual([properties["parameterGroupName"], properties["engineVersionActual"], properties["port"]], ["default.valkey8", "8.0.0", 6379]);
    assert.deepEqual([properties["atRestEncryptionEnabled"], properties["transitEncryptionMode"]], [true, "required"]);
    account.refusesToMake("ReplicationGroupAlreadyExists", GROUP, cache());
    const plain = account.make(GROUP, cache({ replicationGroupId: "plain", engine: "redis", engineVersion: "7.1", transitEncryptionEnabled: false }));
    assert.equal(plain.properties["primaryEndpointAddress"], "plain.a1b2c3.ng.0001.use1.cache.amazonaws.com");
    assert.deepEqual([plain.properties["atRestEncryptionEnabled"], plain.properties["parameterGroupName"]], [false, "default.redis7"]);
  });

  it("refuses names, engines, versions and node types that ElastiCache does not have", () => {
    const { account } = caches();
    for (const replicationGroupId of ["Queue", "1queue", "queue-", "a--b", "x".repeat(41)])
      refusedByCheck(GROUP, cache({ replicationGroupId }), "replicationGroupId");
    refusedByCheck(GROUP, cache({ engine: "memcached" }), "engine");
    refusedByCheck(GROUP, cache({ engineVersion: "8" }), "engineVersion");
    refusedByCheck(GROUP, cache({ description: "" }), "description");
    for (const engineVersion of ["6.2", "7.1", "9.9"]) account.refusesToMake("InvalidParameterCombination", GROUP, cache({ engineVersion }));
    for (const nodeType of ["r7g.large", "cache.t1.micro", "cache.t4g.large", "cache.r7g.24xlarge"])
      account.refusesToMake("InvalidParameterValue", GROUP, cache({ nodeType }));
    account.refusesToMake("InvalidParameterValue", GROUP, Object.fromEntries(Object.entries(cache()).filter(([key]) => key !== "nodeType")));
  });

  it("fails over between at least two nodes, in two zones when it is Multi-AZ", () => {
    const { account } = caches();
    refusedByCheck(GROUP, cache({ numCacheClusters: 1 }), "numCacheClusters");
    refusedByCheck(GROUP, cache({ numCacheClusters: 7 }), "numCacheClusters");
    refusedByCheck(GROUP, cache({ automaticFailoverEnabled: false }), "automaticFailoverEnabled");
    const zones = (...preferredCacheClusterAzs: string[]) => cache({ preferredCacheClusterAzs });
    account.refusesToMake("InvalidParameterCombination", GROUP, zones("us-east-1a"));
    account.refusesToMake("InvalidParameterCombination", GROUP, zones("us-east-1a", "us-east-1a"));
    account.refusesToMake("InvalidParameterValue", GROUP, zones("us-east-1a", "us-east-1c"));
    account.make(GROUP, zones("us-east-1b", "us-east-1a"));
    account.make(GROUP, cache({ replicationGroupId: "one", numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled: false }));
  });

  it("keeps tokens and keys to encrypted groups", () => {
    const { account } = caches();
    const token = "0123456789abcdef";
    for (const authToken of ["short", "x".repeat(129), "0123456789abcde@", "0123456789abcde/"]) refusedByCheck(GROUP, cache({ authToken }), "authToken");
    refusedByCheck(GROUP, cache({ authToken: token, authTokenUpdateStrategy: "DELETE" }), "authToken");
    refusedByCheck(GROUP, cache({ authTokenUpdateStrategy: "KEEP" }), "authTokenUpdateStrategy");
    account.refusesToMake("InvalidParameterCombination", GROUP, cache({ authToken: token, transitEncryptionEnabled: false }));
    account.refusesToMake("InvalidParameterValue", GROUP, cache({ authToken: `${token}*` }));
    const kmsKeyId = mustText(account.make("aws:kms/key:Key", {}).properties, "arn");
    account.refusesToMake("InvalidParameterCombination", GROUP, cache({ kmsKeyId, atRestEncryptionEnabled: false }));
    account.refusesToMake("InvalidParameterValue", GROUP, cache({ kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/none" }));
    const made = account.make(GROUP, cache({ kmsKeyId, authToken: token }));
    account.change(GROUP, made, cache({ kmsKeyId, authToken: `${token}0`, authTokenUpdateStrategy: "ROTATE" }));
  });

  it("turns encryption in transit on in two steps", () => {
    const { account } = caches();
    const made = account.make(GROUP, cache({ transitEncryptionEnabled: false }));
    account.refused("InvalidParameterCombination", () => account.change(GROUP, made, cache()));
    const preferred = account.change(GROUP, made, cache({ transitEncryptionMode: "preferred" }));
    assert.match(mustText(preferred, "primaryEndpointAddress"), /^master\./);
    account.change(GROUP, made, cache({ transitEncryptionMode: "required" }));
    account.refused("InvalidParameterCombination", () => account.change(GROUP, made, cache({ transitEncryptionEnabled: false })));
  });

  it("wants parameters of its family, and keeps the group while it is used", () => {
    const { account } = caches();
    account.refusesToMake("InvalidParameterValue", PARAMETERS, { name: "old", family: "redis9" });
    account.make(PARAMETERS, { name: "redis", family: "redis7" });
    const noEviction = [{ name: "maxmemory-policy", value: "noeviction" }];
    const fits = account.make(PARAMETERS, { name: "fits", family: "valkey8", parameters: noEviction });
    account.refusesToMake("CacheParameterGroupAlreadyExists", PARAMETERS, { name: "fits", family: "valkey8" });
    account.refused("InvalidParameterValue", () =>
      account.change(PARAMETERS, fits, { name: "fits", family: "valkey8", parameters: [...noEviction, ...noEviction] }),
    );
    account.refusesToMake("CacheParameterGroupNotFound", GROUP, cache({ parameterGroupName: "none" }));
    account.refusesToMake("InvalidParameterCombination", GROUP, cache({ parameterGroupName: "redis" }));
    const made = account.make(GROUP, cache({ parameterGroupName: "fits" }));
    account.refused("InvalidCacheParameterGroupState", () => {
      account.delete(PARAMETERS, fits);
    });
    account.delete(GROUP, made);
    account.delete(PARAMETERS, fits);
  });

  it("stands in a subnet group's VPC, whose subnets stay while nodes are in them", () => {
    const { account, vpc, subnetA, subnetB, subnets } = caches();
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" });
    const stray = account.make("aws:ec2/subnet:Subnet", { vpcId: other.id, cidrBlock: "10.9.0.0/24" });
    const group = account.make("aws:ec2/securityGroup:SecurityGroup", { name: "stray", vpcId: other.id });
    account.refusesToMake("CacheSubnetGroupAlreadyExists", SUBNETS, { name: "cache", subnetIds: [subnetA.id] });
    account.refusesToMake("InvalidSubnet", SUBNETS, { name: "two", subnetIds: [subnetA.id, stray.id] });
    account.refusesToMake("CacheSubnetGroupNotFoundFault", GROUP, cache({ subnetGroupName: "none" }));
    account.refusesToMake("InvalidParameterValue", GROUP, cache({ securityGroupIds: [group.id] }));
    const made = account.make(GROUP, cache());
    assert.deepEqual(made.properties["securityGroupIds"], [vpc.properties["defaultSecurityGroupId"]]);
    account.refused("SubnetInUse", () => account.change(SUBNETS, subnets, { name: "cache", subnetIds: [subnetA.id] }));
    account.refused("CacheSubnetGroupInUse", () => {
      account.delete(SUBNETS, subnets);
    });
    account.delete(GROUP, made);
    account.change(SUBNETS, subnets, { name: "cache", subnetIds: [subnetB.id] });
    account.delete(SUBNETS, subnets);
  });

  it("has windows of an hour that do not overlap, and snapshots for 35 days", () => {
    const { account } = caches();
    refusedByCheck(GROUP, cache({ snapshotRetentionLimit: 36 }), "snapshotRetentionLimit");
    refusedByCheck(GROUP, cache({ snapshotWindow: "03:00-03:30" }), "snapshotWindow");
    refusedByCheck(GROUP, cache({ maintenanceWindow: "sun:03:00-sun:03:30" }), "maintenanceWindow");
    account.refusesToMake("InvalidParameterValue", GROUP, cache({ snapshotWindow: "03:00-04:00", maintenanceWindow: "sun:03:30-sun:04:30" }));
    account.make(GROUP, cache({ snapshotWindow: "03:00-04:00", maintenanceWindow: "sun:04:00-sun:05:00", snapshotRetentionLimit: 35 }));
  });

  it("scales and upgrades in place, from Redis to Valkey too, and never back", () => {
    const { account } = caches();
    const redis = cache({ engine: "redis", engineVersion: "7.0" });
    const made = account.make(GROUP, redis);
    const changed = account.change(GROUP, made, { ...redis, engineVersion: "7.1", nodeType: "cache.r7g.xlarge", numCacheClusters: 3 });
    assert.deepEqual(changed["memberClusters"], ["queue-001", "queue-002", "queue-003"]);
    account.refused("InvalidParameterCombination", () => account.change(GROUP, made, redis));
    const valkey = account.change(GROUP, made, cache());
    assert.deepEqual([valkey["engineVersionActual"], valkey["parameterGroupName"]], ["8.0.0", "default.valkey8"]);
    account.refused("InvalidParameterCombination", () => account.change(GROUP, made, { ...redis, engineVersion: "7.1" }));
    const effects = difference(modelOf(GROUP), redis, cache({ port: 6380 })).changes.map((one) => `${one.path} ${one.effect}`);
    assert.deepEqual(effects, ["engine update", "engineVersion update", "port replace"]);
  });

  it("keeps the name of its final snapshot", () => {
    const { account } = caches();
    const inputs = cache({ finalSnapshotIdentifier: "queue-final" });
    account.delete(GROUP, account.make(GROUP, inputs));
    const again = account.make(GROUP, inputs);
    account.refused("SnapshotAlreadyExistsFault", () => {
      account.delete(GROUP, again);
    });
  });
});
