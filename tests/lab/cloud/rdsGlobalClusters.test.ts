import assert from "node:assert/strict";
import type { Made } from "../../../lab/cloud/package";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { refusedByCheck, type Account } from "./account";
import { aurora, CLUSTER, databases, GLOBAL, MEMBER, member, now, SUBNETS } from "./databases";

/** A subnet group in Ireland, named `data` too, and a key there. */
function ireland(account: Account): { kmsKeyId: string } {
  const region = "eu-west-1";
  const vpc = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.1.0.0/16", region });
  const subnets = ["a", "b"].map((zone, at) =>
    account.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: `10.1.${String(at)}.0/24`, availabilityZone: `${region}${zone}`, region }),
  );
  account.make(SUBNETS, { name: "data", subnetIds: subnets.map((subnet) => subnet.id), region });
  return { kmsKeyId: mustText(account.make("aws:kms/key:Key", { region }).properties, "arn") };
}

describe("embedded cloud: global clusters", () => {
  const WORLD = { globalClusterIdentifier: "world" };
  const secondary = (other: Properties = {}): Properties => ({
    clusterIdentifier: "copy",
    engine: "aurora-postgresql",
    engineVersion: "17.7",
    dbSubnetGroupName: "data",
    skipFinalSnapshot: true,
    region: "eu-west-1",
    ...WORLD,
    ...other,
  });

  function around(other: Properties = {}): { account: Account; primary: Made; world: Made; kmsKeyId: string } {
    const { account } = databases();
    const { kmsKeyId } = ireland(account);
    const primary = account.make(CLUSTER, aurora(other));
    const world = account.make(GLOBAL, { ...WORLD, sourceDbClusterIdentifier: mustText(primary.properties, "arn"), forceDestroy: true });
    return { account, primary, world, kmsKeyId };
  }

  it("is made around a cluster, and goes before it", () => {
    const { account, primary, world } = around();
    assert.deepEqual(world.properties["globalClusterMembers"], [{ dbClusterArn: primary.properties["arn"], isWriter: true }]);
    assert.deepEqual([world.properties["engine"], world.properties["engineVersionActual"]], ["aurora-postgresql", "17.7"]);
    account.refusesToMake("GlobalClusterAlreadyExistsFault", GLOBAL, { ...WORLD, engine: "aurora-postgresql", region: "eu-west-1" });
    account.refusesToMake("InvalidDBClusterStateFault", GLOBAL, {
      globalClusterIdentifier: "second",
      sourceDbClusterIdentifier: mustText(primary.properties, "arn"),
      forceDestroy: true,
    });
    account.refused("InvalidDBClusterStateFault", () => {
      account.delete(CLUSTER, primary);
    });
    account.delete(GLOBAL, world);
    account.delete(CLUSTER, primary);
  });

  it("has secondary clusters in other regions, without credentials of their own", () => {
    const { account, primary, world } = around();
    for (const other of [{ masterUsername: "app" }, { masterPassword: "long-enough" }, { databaseName: "app" }])
      account.refusesToMake("InvalidParameterCombination", CLUSTER, secondary(other));
    account.refusesToMake("InvalidGlobalClusterStateFault", CLUSTER, secondary({ region: "us-east-1" }));
    account.refusesToMake("InvalidParameterValue", CLUSTER, secondary({ engineVersion: "17.6" }));
    account.refusesToMake("GlobalClusterNotFoundFault", CLUSTER, secondary({ globalClusterIdentifier: "none" }));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, secondary({ storageEncrypted: true }));
    const copy = account.make(CLUSTER, secondary({ enableGlobalWriteForwarding: true }));
    const reader = account.make(MEMBER, member({ identifier: "copy-1", clusterIdentifier: "copy", region: "eu-west-1" }));
    assert.equal(reader.properties["writer"], false);
    account.refusesToMake("InvalidParameterCombination", MEMBER, member({ instanceClass: "db.t4g.medium" }));
    account.refusesToMake("InvalidGlobalClusterStateFault", CLUSTER, secondary({ clusterIdentifier: "third" }));
    assert.equal((now(account, GLOBAL, world)["globalClusterMembers"] as unknown[]).length, 2);
    account.delete(MEMBER, reader);
    account.delete(CLUSTER, copy);
    assert.equal((now(account, GLOBAL, world)["globalClusterMembers"] as unknown[]).length, 1);
    account.delete(GLOBAL, world);
    account.delete(CLUSTER, primary);
  });

  it("copies encrypted storage with a key of each region", () => {
    const { account, primary, kmsKeyId } = around({ storageEncrypted: true });
    account.refusesToMake("InvalidParameterCombination", CLUSTER, secondary());
    account.refusesToMake("InvalidParameterCombination", CLUSTER, secondary({ storageEncrypted: true }));
    const foreign = mustText(account.make("aws:kms/key:Key", {}).properties, "arn");
    account.refusesToMake("KMSKeyNotAccessibleFault", CLUSTER, secondary({ storageEncrypted: true, kmsKeyId: foreign }));
    const replicationSourceIdentifier = mustText(primary.properties, "arn");
    account.make(CLUSTER, secondary({ storageEncrypted: true, kmsKeyId, replicationSourceIdentifier, sourceRegion: "us-east-1" }));
  });

  it("begins empty, and its first cluster is the primary", () => {
    const { account } = databases();
    ireland(account);
    account.refusesToMake("InvalidParameterValue", GLOBAL, WORLD);
    account.refusesToMake("InvalidParameterCombination", GLOBAL, { ...WORLD, engine: "aurora-postgresql", engineVersion: "16.1" });
    account.refusesToMake("DBClusterNotFoundFault", GLOBAL, {
      ...WORLD,
      sourceDbClusterIdentifier: "arn:aws:rds:us-east-1:123456789012:cluster:none",
      forceDestroy: true,
    });
    const world = account.make(GLOBAL, { ...WORLD, engine: "aurora-postgresql", engineVersion: "17.7" });
    account.refusesToMake("InvalidParameterValue", CLUSTER, secondary());
    account.refusesToMake("InvalidParameterValue", CLUSTER, aurora({ ...WORLD, engineVersion: "17.6" }));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, aurora({ ...WORLD, storageEncrypted: true }));
    const primary = account.make(CLUSTER, aurora(WORLD));
    const copy = account.make(CLUSTER, secondary());
    account.refused("InvalidGlobalClusterStateFault", () => {
      account.delete(GLOBAL, world);
    });
    account.refused("InvalidGlobalClusterStateFault", () => {
      account.delete(CLUSTER, primary);
    });
    account.delete(CLUSTER, copy);
    account.delete(CLUSTER, primary);
    account.delete(GLOBAL, world);
  });

  it("upgrades its clusters, and is protected when it says so", () => {
    const { account, primary, world } = around();
    const inputs = { ...WORLD, sourceDbClusterIdentifier: mustText(primary.properties, "arn"), forceDestroy: true };
    account.refused("InvalidParameterCombination", () => account.change(GLOBAL, world, { ...inputs, engineVersion: "17.6" }));
    account.change(GLOBAL, world, { ...inputs, engineVersion: "17.9", deletionProtection: true });
    assert.equal(now(account, CLUSTER, primary)["engineVersionActual"], "17.9");
    account.refused("InvalidParameterCombination", () => {
      account.delete(GLOBAL, world);
    });
    account.change(GLOBAL, world, { ...inputs, engineVersion: "17.9" });
    account.delete(GLOBAL, world);
  });

  it("is not for clusters that already run alone, nor for inputs that contradict", () => {
    const { account } = databases();
    account.make(GLOBAL, { ...WORLD, engine: "aurora-postgresql" });
    const alone = account.make(CLUSTER, aurora());
    assert.throws(() => account.change(CLUSTER, alone, aurora(WORLD)), /Existing RDS Clusters cannot be added/);
    const arn = mustText(alone.properties, "arn");
    refusedByCheck(GLOBAL, { ...WORLD, engine: "aurora-postgresql", sourceDbClusterIdentifier: arn, forceDestroy: true }, "engine");
    refusedByCheck(GLOBAL, { ...WORLD, sourceDbClusterIdentifier: arn }, "forceDestroy");
    refusedByCheck(GLOBAL, { ...WORLD, engine: "aurora-mysql" }, "engine");
    account.refusesToMake(
      "InvalidParameterValue",
      CLUSTER,
      secondary({ globalClusterIdentifier: "none", replicationSourceIdentifier: arn, region: "us-east-1" }),
    );
  });
});
