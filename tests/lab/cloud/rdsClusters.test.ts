import assert from "node:assert/strict";
import { difference } from "../../../lab/cloud/difference";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { modelOf, refusedByCheck } from "./account";
import {
  aurora,
  CLUSTER,
  CLUSTER_PARAMETERS,
  databases,
  INSTANCE,
  MEMBER,
  member,
  now,
  PARAMETERS,
  server,
  threeNodes,
  threeZones,
  unchangedByRefresh,
} from "./databases";

describe("embedded cloud: Aurora clusters", () => {
  it("makes a cluster with what RDS fills in", () => {
    const { account } = databases();
    const { id, properties } = account.make(CLUSTER, aurora());
    assert.equal(id, "store");
    assert.equal(properties["endpoint"], "store.cluster-c9akciq32rgk.us-east-1.rds.amazonaws.com");
    assert.equal(properties["readerEndpoint"], "store.cluster-ro-c9akciq32rgk.us-east-1.rds.amazonaws.com");
    assert.deepEqual(properties["availabilityZones"], ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.deepEqual([properties["clusterMembers"], properties["port"], properties["backupRetentionPeriod"]], [[], 5432, 1]);
    assert.equal(properties["dbClusterParameterGroupName"], "default.aurora-postgresql17");
    account.refusesToMake("DBClusterAlreadyExistsFault", CLUSTER, aurora());
  });

  it("refuses what is not Aurora's, and clusters without credentials or backups", () => {
    const { account } = databases();
    for (const other of [
      { allocatedStorage: 100 },
      { iops: 3000 },
      { dbClusterInstanceClass: "db.m6gd.large" },
      { kmsKeyId: "arn:aws:kms:us-east-1:1:alias/aws/rds" },
    ])
      account.refusesToMake("InvalidParameterCombination", CLUSTER, aurora(other));
    for (const other of [{ storageType: "gp3" }, { masterUsername: "admin" }, { masterPassword: "short" }, { databaseName: "1a" }])
      account.refusesToMake("InvalidParameterValue", CLUSTER, aurora(other));
    for (const key of ["masterUsername", "masterPassword"])
      account.refusesToMake("InvalidParameterValue", CLUSTER, Object.fromEntries(Object.entries(aurora()).filter(([name]) => name !== key)));
    for (const backupRetentionPeriod of [0, 36]) refusedByCheck(CLUSTER, aurora({ backupRetentionPeriod }), "backupRetentionPeriod");
    for (const engineVersion of ["16.1", "17.8", "17.11"]) account.refusesToMake("InvalidParameterCombination", CLUSTER, aurora({ engineVersion }));
    for (const engine of ["aurora", "aurora-mysql", "mysql"]) refusedByCheck(CLUSTER, aurora({ engine }), "engine");
    refusedByCheck(CLUSTER, aurora({ engineMode: "serverless" }), "engineMode");
    refusedByCheck(CLUSTER, aurora({ availabilityZones: ["a", "b", "c", "d"] }), "availabilityZones");
    account.refusesToMake("InvalidVPCNetworkStateFault", CLUSTER, aurora({ availabilityZones: ["us-east-1z"] }));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, aurora({ enableGlobalWriteForwarding: true }));
    account.make(CLUSTER, aurora({ storageType: "aurora-iopt1" }));
  });

  it("uses cluster parameter groups of its family, and keeps them", () => {
    const { account } = databases();
    const group = account.make(CLUSTER_PARAMETERS, { name: "cluster", family: "aurora-postgresql17" });
    account.make(CLUSTER_PARAMETERS, { name: "sixteen", family: "aurora-postgresql16" });
    account.make(PARAMETERS, { name: "instance", family: "aurora-postgresql17" });
    account.refusesToMake("DBClusterParameterGroupNotFound", CLUSTER, aurora({ dbClusterParameterGroupName: "instance" }));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, aurora({ dbClusterParameterGroupName: "sixteen" }));
    const made = account.make(CLUSTER, aurora({ dbClusterParameterGroupName: "cluster" }));
    account.refused("InvalidDBParameterGroupState", () => {
      account.delete(CLUSTER_PARAMETERS, group);
    });
    account.delete(CLUSTER, made);
    account.delete(CLUSTER_PARAMETERS, group);
  });

  it("has one writer, and another one when it goes", () => {
    const { account } = threeZones();
    const made = account.make(CLUSTER, aurora({ dbSubnetGroupName: "wide" }));
    unchangedByRefresh(account, CLUSTER, made, aurora({ dbSubnetGroupName: "wide" }));
    const first = account.make(MEMBER, member());
    unchangedByRefresh(account, MEMBER, first, member());
    const second = account.make(MEMBER, member({ identifier: "store-2", promotionTier: 1 }));
    const third = account.make(MEMBER, member({ identifier: "store-3", promotionTier: 0 }));
    assert.deepEqual(
      [first, second, third].map((one) => one.properties["writer"]),
      [true, false, false],
    );
    assert.deepEqual(
      [first, second, third].map((one) => one.properties["availabilityZone"]),
      ["us-east-1a", "us-east-1b", "us-east-1c"],
    );
    assert.deepEqual(now(account, CLUSTER, made)["clusterMembers"], ["store-1", "store-2", "store-3"]);
    account.refused("InvalidDBClusterStateFault", () => {
      account.delete(CLUSTER, made);
    });
    account.delete(MEMBER, first);
    assert.deepEqual([now(account, MEMBER, second)["writer"], now(account, MEMBER, third)["writer"]], [false, true]);
    account.delete(MEMBER, second);
    account.delete(MEMBER, third);
    assert.deepEqual(now(account, CLUSTER, made)["clusterMembers"], []);
    account.delete(CLUSTER, made);
  });

  it("takes instances of its own engine, version, subnet group, classes and names", () => {
    const { account } = threeZones();
    account.make(CLUSTER, aurora());
    account.make(INSTANCE, server());
    account.refusesToMake("DBClusterNotFoundFault", MEMBER, member({ clusterIdentifier: "none" }));
    account.refusesToMake("DBInstanceAlreadyExists", MEMBER, member({ identifier: "store" }));
    for (const instanceClass of ["db.m7g.large", "db.t3.large", "db.t4g.micro", "db.r6gd.large"])
      account.refusesToMake("InvalidParameterCombination", MEMBER, member({ instanceClass }));
    account.refusesToMake("InvalidParameterValue", MEMBER, member({ instanceClass: "db.r99.large" }));
    account.refusesToMake("InvalidParameterCombination", MEMBER, member({ engineVersion: "17.6" }));
    account.refusesToMake("InvalidParameterCombination", MEMBER, member({ dbSubnetGroupName: "wide" }));
    account.refusesToMake("InvalidVPCNetworkStateFault", MEMBER, member({ availabilityZone: "us-east-1c" }));
    account.refusesToMake("InvalidParameterCombination", MEMBER, member({ dbParameterGroupName: "default.postgres17" }));
    refusedByCheck(MEMBER, member({ engine: "postgres" }), "engine");
    refusedByCheck(MEMBER, member({ promotionTier: 16 }), "promotionTier");
    const made = account.make(MEMBER, member({ engineVersion: "17", instanceClass: "db.t3.medium" }));
    assert.equal(account.change(MEMBER, made, member({ instanceClass: "db.r8g.large" }))["instanceClass"], "db.r8g.large");
    account.refused("InvalidParameterCombination", () => account.change(MEMBER, made, member({ instanceClass: "db.m7g.large" })));
    account.make(CLUSTER, aurora({ clusterIdentifier: "sixteen", engineVersion: "16.11" }));
    account.make(MEMBER, member({ identifier: "old", clusterIdentifier: "sixteen", instanceClass: "db.t3.large" }));
  });

  it("upgrades its instances with it", () => {
    const { account } = databases();
    const made = account.make(CLUSTER, aurora({ engineVersion: "17.6" }));
    const one = account.make(MEMBER, member());
    account.refused("InvalidParameterCombination", () => account.change(CLUSTER, made, aurora({ engineVersion: "17.5" })));
    assert.deepEqual(modelOf(CLUSTER).volatile?.(aurora({ engineVersion: "17.6" }), aurora({ engineVersion: "17.9" })), ["engineVersionActual"]);
    assert.equal(account.change(CLUSTER, made, aurora({ engineVersion: "17.9" }))["engineVersionActual"], "17.9");
    assert.equal(now(account, MEMBER, one)["engineVersionActual"], "17.9");
  });

  it("deletes what is not protected, with a final snapshot whose name is then taken", () => {
    const { account } = databases();
    const last = aurora({ skipFinalSnapshot: false, finalSnapshotIdentifier: "store-final" });
    const made = account.make(CLUSTER, { ...last, deletionProtection: true });
    account.refused("InvalidParameterCombination", () => {
      account.delete(CLUSTER, made);
    });
    account.change(CLUSTER, made, last);
    account.delete(CLUSTER, made);
    const again = account.make(CLUSTER, last);
    account.refused("DBClusterSnapshotAlreadyExistsFault", () => {
      account.delete(CLUSTER, again);
    });
    account.change(CLUSTER, again, aurora({ skipFinalSnapshot: false }));
    assert.throws(() => {
      account.delete(CLUSTER, again);
    }, /final_snapshot_identifier is required/);
  });

  it("replaces a cluster for its name, user, port, key or subnet group", () => {
    const news: Properties = {
      clusterIdentifier: "b",
      masterUsername: "b",
      port: 5433,
      dbSubnetGroupName: "wide",
      masterPassword: "another-one",
      engineVersion: "17.9",
    };
    const effects = difference(modelOf(CLUSTER), aurora(), aurora(news)).changes.map((one) => `${one.path} ${one.effect}`);
    assert.deepEqual(effects, [
      "clusterIdentifier replace",
      "engineVersion update",
      "masterUsername replace",
      "masterPassword update",
      "dbSubnetGroupName replace",
      "port replace",
    ]);
  });
});

describe("embedded cloud: Multi-AZ DB clusters", () => {
  it("comes with three instances in three zones", () => {
    const { account } = threeZones();
    const { properties } = account.make(CLUSTER, threeNodes());
    assert.deepEqual(properties["clusterMembers"], ["store-instance-1", "store-instance-2", "store-instance-3"]);
    assert.deepEqual(properties["availabilityZones"], ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.deepEqual([properties["iops"], properties["storageType"]], [3000, "gp3"]);
    account.refusesToMake("DBInstanceAlreadyExists", INSTANCE, server({ identifier: "store-instance-2" }));
  });

  it("wants three zones, a class with local disks, storage, and no global cluster", () => {
    const { account } = threeZones();
    account.refusesToMake("DBSubnetGroupDoesNotCoverEnoughAZs", CLUSTER, threeNodes({ dbSubnetGroupName: "data" }));
    for (const dbClusterInstanceClass of ["db.m7g.large", "db.r8g.large", "db.t4g.medium"])
      account.refusesToMake("InvalidParameterCombination", CLUSTER, threeNodes({ dbClusterInstanceClass }));
    for (const key of ["dbClusterInstanceClass", "allocatedStorage"])
      account.refusesToMake("InvalidParameterCombination", CLUSTER, Object.fromEntries(Object.entries(threeNodes()).filter(([name]) => name !== key)));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, threeNodes({ storageType: "io1" }));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, threeNodes({ iops: 3000 }));
    account.refusesToMake("InvalidParameterValue", CLUSTER, threeNodes({ storageType: "aurora-iopt1" }));
    account.refusesToMake("InvalidParameterCombination", CLUSTER, threeNodes({ globalClusterIdentifier: "world" }));
    refusedByCheck(CLUSTER, threeNodes({ backupRetentionPeriod: 0 }), "backupRetentionPeriod");
    account.make(CLUSTER, threeNodes());
    account.refusesToMake("InvalidParameterCombination", MEMBER, member());
  });

  it("grows, never shrinks, and keeps its storage type", () => {
    const { account } = threeZones();
    const made = account.make(CLUSTER, threeNodes());
    assert.equal(account.change(CLUSTER, made, threeNodes({ allocatedStorage: 500 }))["iops"], 12_000);
    account.refused("InvalidParameterCombination", () => account.change(CLUSTER, made, threeNodes()));
    assert.throws(
      () => account.change(CLUSTER, made, threeNodes({ allocatedStorage: 500, storageType: "io1", iops: 1000 })),
      /does not model another storage type/,
    );
  });

  it("replicates an instance that keeps backups", () => {
    const { account } = threeZones();
    const bare = mustText(account.make(INSTANCE, server({ identifier: "bare" })).properties, "arn");
    const kept = mustText(account.make(INSTANCE, server({ identifier: "kept", backupRetentionPeriod: 1 })).properties, "arn");
    const { masterUsername, masterPassword, ...copy } = threeNodes();
    assert.ok(masterUsername !== masterPassword);
    account.refusesToMake("InvalidDBInstanceState", CLUSTER, { ...copy, replicationSourceIdentifier: bare });
    account.refusesToMake("DBInstanceNotFound", CLUSTER, { ...copy, replicationSourceIdentifier: `${kept}-none` });
    account.refusesToMake("InvalidParameterValue", CLUSTER, { ...copy, replicationSourceIdentifier: kept, sourceRegion: "eu-west-1" });
    account.refusesToMake("InvalidParameterCombination", CLUSTER, { ...copy, sourceRegion: "us-east-1" });
    account.make(CLUSTER, { ...copy, replicationSourceIdentifier: kept, sourceRegion: "us-east-1" });
  });
});
