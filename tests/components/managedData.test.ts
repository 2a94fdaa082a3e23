import assert from "node:assert/strict";
import type { ManagedBlueprint } from "../../blueprint/types";
import { managedBlueprint } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";
import { arnOf, hostOf, secretMark } from "./monitor";

const key = arnOf("kms", "bundler-level1-key-key");
const kinds: Record<ManagedBlueprint["database"]["kind"], { overrides: Record<string, unknown>; type: string; parameterType: string; name: string }> = {
  rdsInstance: { overrides: {}, type: "aws:rds/instance:Instance", parameterType: "aws:rds/parameterGroup:ParameterGroup", name: "instance" },
  rdsCluster: {
    overrides: { managedDatabase: "rdsCluster", databaseInstanceClass: "db.m6gd.large" },
    type: "aws:rds/cluster:Cluster",
    parameterType: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    name: "cluster",
  },
  aurora: {
    overrides: { level: 2 },
    type: "aws:rds/cluster:Cluster",
    parameterType: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    name: "cluster",
  },
};

/** Inputs of the resources of a type. */
function all(deployment: Deployment, type: string): Record<string, unknown>[] {
  return deployment.ofType(type).map((resource) => deployment.inputs(resource));
}

function only(deployment: Deployment, type: string): Record<string, unknown> {
  const [found, ...others] = all(deployment, type);
  assert.ok(found !== undefined && others.length === 0, `${type}: needed exactly one`);
  return found;
}

/** `name` → value of all parameters of a type of parameter group. */
function parametersOf(deployment: Deployment, type: string): Record<string, string> {
  const lists = all(deployment, type).map((group) => group["parameters"] as { name: string; value: string }[]);
  return Object.fromEntries(lists.flat().map(({ name, value }) => [name, value]));
}

for (const [kind, { overrides, type, parameterType, name }] of Object.entries(kinds)) {
  describe(`the managed database, ${kind}`, () => {
    let deployment: Deployment;
    let blueprint: ManagedBlueprint;
    let made: Record<string, unknown>;

    before(async function () {
      this.timeout(60_000);
      blueprint = managedBlueprint(overrides);
      deployment = await deployed(blueprint);
      made = only(deployment, type);
    });

    it("is the blueprint's engine, version and class, over all zones", () => {
      const { database } = blueprint;
      assert.equal(database.kind, kind);
      assert.deepEqual([made["engine"], made["engineVersion"], made["port"]], [database.engine, database.version, database.port]);
      if (kind === "rdsInstance") assert.deepEqual([made["instanceClass"], made["multiAz"]], [database.instanceClass, true]);
      if (kind === "rdsCluster")
        assert.deepEqual([made["dbClusterInstanceClass"], made["availabilityZones"]], [database.instanceClass, ["us-east-1a", "us-east-1b", "us-east-1c"]]);
      const members = all(deployment, "aws:rds/clusterInstance:ClusterInstance");
      assert.deepEqual(
        members
          .map((member) => [member["availabilityZone"], member["instanceClass"], member["promotionTier"]])
          .sort(([one], [other]) => String(one).localeCompare(String(other))),
        database.members.map((member, index) => [member.zone, database.instanceClass, index]),
      );
      assert.equal(members.length, kind === "aurora" ? blueprint.network.zones.length : 0);
    });

    it("is encrypted by the stack's key, as is what Performance Insights keeps", () => {
      assert.deepEqual([made["storageEncrypted"], made["kmsKeyId"]], [true, key]);
      const watched = kind === "aurora" ? all(deployment, "aws:rds/clusterInstance:ClusterInstance") : [made];
      for (const one of watched) {
        assert.deepEqual([one["performanceInsightsEnabled"], one["performanceInsightsKmsKeyId"]], [true, key]);
        assert.equal(one["monitoringInterval"], blueprint.database.monitoring.intervalSeconds);
      }
    });

    it("is in the data subnets of all zones behind its own security group, and public nowhere", () => {
      const subnets = only(deployment, "aws:rds/subnetGroup:SubnetGroup");
      assert.deepEqual(
        subnets["subnetIds"],
        ["a", "b", "c"].map((letter) => `Subnet/bundler-level1-network-data-${letter}`),
      );
      assert.deepEqual([made["dbSubnetGroupName"], made["vpcSecurityGroupIds"]], [subnets["name"], ["SecurityGroup/bundler-level1-sg-database"]]);
      const reachable = [...all(deployment, "aws:rds/instance:Instance"), ...all(deployment, "aws:rds/clusterInstance:ClusterInstance")];
      // A Multi-AZ cluster is private unless it is told otherwise.
      if (kind === "rdsCluster") assert.equal(made["publiclyAccessible"], undefined);
      else assert.ok(reachable.length > 0 && reachable.every((one) => one["publiclyAccessible"] === false));
    });

    it("is kept: protected here and in the cloud, backed up, with a final snapshot under a name that no earlier one has", () => {
      assert.equal(deployment.named(`bundler-level1-database-${name}`).protect, true);
      assert.deepEqual([made["deletionProtection"], made["skipFinalSnapshot"], made["deleteAutomatedBackups"]], [true, false, false]);
      assert.equal(made["backupRetentionPeriod"], blueprint.database.backup.retentionDays);
      assert.ok(blueprint.database.backup.retentionDays >= 7);
      assert.equal(made["finalSnapshotIdentifier"], `${blueprint.database.identifier}-final-uuid-of-bundler-level1-database-final`);
    });

    it("has the blueprint's parameters, each once, and refuses a client without TLS", () => {
      const found = { ...parametersOf(deployment, parameterType), ...parametersOf(deployment, "aws:rds/parameterGroup:ParameterGroup") };
      assert.deepEqual(found, blueprint.database.parameters);
      assert.equal(found["rds.force_ssl"], "1");
    });

    it("is the application's: its owner with the generated password, in the first database", () => {
      const [first] = blueprint.database.databases;
      const user = kind === "rdsInstance" ? [made["username"], made["dbName"]] : [made["masterUsername"], made["databaseName"]];
      assert.deepEqual(user, [first?.owner, first?.name]);
      const password = String(made[kind === "rdsInstance" ? "password" : "masterPassword"]);
      assert.equal(password, `${secretMark} bundler-level1-secrets-database-owner-db-password`);
    });

    it("is what its private name points at", () => {
      const record = deployment.inputs(deployment.named("bundler-level1-names-postgres"));
      assert.deepEqual([record["name"], record["records"]], [blueprint.database.writerName, [hostOf(`bundler-level1-database-${name}`)]]);
    });
  });
}

describe("Aurora", () => {
  it("makes its instances one after the other, the first zone's first: it is the writer", async function () {
    this.timeout(60_000);
    const blueprint = managedBlueprint({ level: 2 });
    const deployment = await deployed(blueprint);
    const members = deployment.ofType("aws:rds/clusterInstance:ClusterInstance");
    const zoneOf = (member: (typeof members)[number]): unknown => deployment.inputs(member)["availabilityZone"];
    assert.equal(members.length, 3);
    blueprint.database.members.forEach(({ zone }, index) => {
      const instance = members.find((one) => zoneOf(one) === zone);
      const before = members.filter((one) => instance?.dependencies.includes(one.urn)).map(zoneOf);
      assert.deepEqual(
        before,
        blueprint.database.members.slice(Math.max(0, index - 1), index).map((member) => member.zone),
      );
    });
  });
});

describe("the managed Redis", () => {
  let level1: Deployment;

  before(async function () {
    this.timeout(60_000);
    level1 = await deployed(managedBlueprint());
  });

  it("is two groups, each with a replica in another zone that takes its primary's place", () => {
    const { redis } = managedBlueprint();
    const groups = all(level1, "aws:elasticache/replicationGroup:ReplicationGroup");
    assert.equal(groups.length, redis.instances.length);
    for (const instance of redis.instances) {
      const group = level1.inputs(level1.named(`bundler-level1-redis-${instance.name}`));
      assert.deepEqual(
        [group["engine"], group["engineVersion"], group["nodeType"], group["port"], group["numCacheClusters"]],
        [redis.engine, redis.version, instance.nodeType, instance.port, instance.nodes],
      );
      assert.deepEqual([group["automaticFailoverEnabled"], group["multiAzEnabled"]], [true, true]);
      const zones = group["preferredCacheClusterAzs"] as string[];
      assert.equal(zones.length, instance.nodes);
      assert.ok(new Set(zones).size > 1);
    }
  });

  it("is encrypted by the stack's key and on the wire, in the data subnets behind its own security group", () => {
    const subnets = only(level1, "aws:elasticache/subnetGroup:SubnetGroup");
    assert.deepEqual(
      subnets["subnetIds"],
      ["a", "b", "c"].map((letter) => `Subnet/bundler-level1-network-data-${letter}`),
    );
    for (const group of all(level1, "aws:elasticache/replicationGroup:ReplicationGroup")) {
      assert.deepEqual([group["atRestEncryptionEnabled"], group["kmsKeyId"], group["transitEncryptionEnabled"]], [true, key, true]);
      assert.deepEqual([group["subnetGroupName"], group["securityGroupIds"]], [subnets["name"], ["SecurityGroup/bundler-level1-sg-redis"]]);
    }
  });

  it("is kept: protected, with daily snapshots and a last one", () => {
    for (const { name } of managedBlueprint().redis.instances) {
      const resource = level1.named(`bundler-level1-redis-${name}`);
      const group = level1.inputs(resource);
      assert.equal(resource.protect, true);
      assert.equal(group["snapshotRetentionLimit"], managedBlueprint().redis.snapshot.retentionDays);
      assert.equal(group["finalSnapshotIdentifier"], `bundler-level1-${name}-final-uuid-of-bundler-level1-redis-final`);
    }
  });

  it("evicts from the cache only, and asks only the cache's clients for a password", () => {
    const group = (name: string): Record<string, unknown> => level1.inputs(level1.named(`bundler-level1-redis-${name}`));
    const parameters = (name: string): unknown => level1.inputs(level1.named(`bundler-level1-redis-${name}-parameters`))["parameters"];
    assert.deepEqual(parameters("cache"), [{ name: "maxmemory-policy", value: "allkeys-lru" }]);
    assert.deepEqual(parameters("queues"), [{ name: "maxmemory-policy", value: "noeviction" }]);
    assert.equal(group("cache")["authToken"], `${secretMark} bundler-level1-secrets-redis-cache-elasticache-password`);
    assert.equal(group("queues")["authToken"], undefined);
  });
});

describe("the private names", () => {
  it("are of a zone that only the stack's network sees, and lead to what each service is called by AWS", async function () {
    this.timeout(60_000);
    const blueprint = managedBlueprint();
    const level1 = await deployed(blueprint);
    const zone = only(level1, "aws:route53/zone:Zone");
    assert.deepEqual([zone["name"], zone["vpcs"]], [blueprint.internalZone.name, [{ vpcId: "Vpc/bundler-level1-network-vpc" }]]);
    const records = all(level1, "aws:route53/record:Record");
    for (const record of records) assert.deepEqual([record["zoneId"], record["type"]], ["zone of bundler-level1-names-zone", "CNAME"]);
    const pairs = records.map((record) => [record["name"], record["records"]] as const);
    assert.deepEqual(Object.fromEntries(pairs), {
      [blueprint.database.writerName]: [hostOf("bundler-level1-database-instance")],
      ...Object.fromEntries(blueprint.redis.instances.map(({ name, primaryName }) => [primaryName, [hostOf(`bundler-level1-redis-${name}`)]])),
      [blueprint.edge.payment.name]: [hostOf("bundler-level1-edge-payment-nlb")],
    });
  });
});
