import assert from "node:assert/strict";
import { difference } from "../../../lab/cloud/difference";
import { mustText } from "../../../lab/cloud/properties";
import { Account, modelOf, refusedByCheck } from "./account";
import { databases, INSTANCE, PARAMETERS, roleOf, server, SUBNETS, threeZones, unchangedByRefresh } from "./databases";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

describe("embedded cloud: RDS instances", () => {
  it("makes a server with what RDS fills in", () => {
    const { account, vpc } = databases();
    const made = account.make(INSTANCE, server({ multiAz: true, engineVersion: "17" }));
    const { properties } = made;
    unchangedByRefresh(account, INSTANCE, made, server({ multiAz: true, engineVersion: "17" }));
    assert.match(made.id, /^db-[0-9A-F]{26}$/);
    assert.equal(properties["resourceId"], made.id);
    assert.equal(properties["endpoint"], "store.c9akciq32rgk.us-east-1.rds.amazonaws.com:5432");
    assert.equal(properties["arn"], "arn:aws:rds:us-east-1:123456789012:db:store");
    assert.deepEqual([properties["engineVersion"], properties["engineVersionActual"]], ["17", "17.11"]);
    assert.deepEqual([properties["iops"], properties["storageThroughput"]], [3000, 125]);
    assert.equal(properties["parameterGroupName"], "default.postgres17");
    assert.deepEqual(properties["vpcSecurityGroupIds"], [vpc.properties["defaultSecurityGroupId"]]);
    assert.equal(properties["backupRetentionPeriod"], 0);
    assert.match(mustText(account.make(INSTANCE, { ...server({ multiAz: false }), identifier: "other" }).properties, "availabilityZone"), /^us-east-1[ab]$/);
    account.refusesToMake("DBInstanceAlreadyExists", INSTANCE, server());
  });

  it("refuses names, passwords and databases that RDS refuses", () => {
    const { account } = databases();
    for (const identifier of ["Store", "1store", "store-", "a--b", "x".repeat(64), ""]) refusedByCheck(INSTANCE, server({ identifier }), "identifier");
    for (const username of ["admin", "rdsadmin", "user", "User", "pg_app", "1app", "a-b", "x".repeat(64)])
      account.refusesToMake("InvalidParameterValue", INSTANCE, server({ username }));
    for (const password of ["short", "x".repeat(129), "with/slash", 'with"quote', "with@sign1", "with space", "with-ümlaut"])
      account.refusesToMake("InvalidParameterValue", INSTANCE, server({ password }));
    for (const dbName of ["1app", "my-db", "rdsadmin", "template1"]) account.refusesToMake("InvalidParameterValue", INSTANCE, server({ dbName }));
    account.make(INSTANCE, server({ username: "postgres", password: "p!#$%^&*()_+x", dbName: "app" }));
    refusedByCheck(INSTANCE, server({ engine: "mysql" }), "engine");
    refusedByCheck(INSTANCE, { ...server(), finalSnapshotIdentifier: "a--b" }, "finalSnapshotIdentifier");
  });

  it("offers some versions, and classes by engine", () => {
    const { account } = databases();
    for (const engineVersion of ["16.1", "17.1", "15", "18.1"]) account.refusesToMake("InvalidParameterCombination", INSTANCE, server({ engineVersion }));
    refusedByCheck(INSTANCE, server({ engineVersion: "latest" }), "engineVersion");
    for (const instanceClass of ["m7g.large", "db.m9g.large", "db.m7g", "db.m7g.large.x"])
      account.refusesToMake("InvalidParameterValue", INSTANCE, server({ instanceClass }));
    account.refusesToMake("InvalidParameterCombination", INSTANCE, server({ instanceClass: "db.c6gd.large" }));
    for (const instanceClass of ["db.t4g.micro", "db.r8g.48xlarge"])
      account.make(INSTANCE, server({ instanceClass, identifier: instanceClass.replace(/\./g, "-") }));
  });

  it("wants a parameter group of the engine's major version", () => {
    const { account } = databases();
    account.refusesToMake("InvalidParameterValue", PARAMETERS, { name: "old", family: "postgres9" });
    account.make(PARAMETERS, { name: "sixteen", family: "postgres16" });
    const fits = account.make(PARAMETERS, { name: "fits", family: "postgres17" });
    account.refusesToMake("DBParameterGroupAlreadyExists", PARAMETERS, { name: "fits", family: "postgres17" });
    account.refusesToMake("DBParameterGroupNotFound", INSTANCE, server({ parameterGroupName: "none" }));
    for (const parameterGroupName of ["sixteen", "default.postgres16", "default.aurora-postgresql17"])
      account.refusesToMake("InvalidParameterCombination", INSTANCE, server({ parameterGroupName }));
    const made = account.make(INSTANCE, server({ parameterGroupName: "fits" }));
    account.refused("InvalidDBParameterGroupState", () => {
      account.delete(PARAMETERS, fits);
    });
    account.delete(INSTANCE, made);
    account.delete(PARAMETERS, fits);
  });

  it("takes static parameters only with a restart", () => {
    const { account } = databases();
    const parameters = (applyMethod: string) => [{ name: "max_connections", value: "500", applyMethod }];
    account.refusesToMake("InvalidParameterCombination", PARAMETERS, { name: "one", family: "postgres17", parameters: parameters("immediate") });
    const made = account.make(PARAMETERS, { name: "one", family: "postgres17", parameters: parameters("pending-reboot") });
    account.refused("InvalidParameterCombination", () =>
      account.change(PARAMETERS, made, { name: "one", family: "postgres17", parameters: parameters("immediate") }),
    );
    refusedByCheck(PARAMETERS, { name: "one", family: "postgres17", parameters: parameters("now") }, "parameters[0].applyMethod");
    for (const name of ["One", "a--b", "default.postgres17"]) refusedByCheck(PARAMETERS, { name, family: "postgres17" }, "name");
  });

  it("has subnet groups over two zones of one VPC, and keeps their subnets while they are used", () => {
    const { account, vpc, subnetA, subnetB, subnetC, group } = threeZones();
    account.refusesToMake("DBSubnetGroupDoesNotCoverEnoughAZs", SUBNETS, { name: "one", subnetIds: [subnetA.id] });
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" });
    const stranger = account.make("aws:ec2/subnet:Subnet", { vpcId: other.id, cidrBlock: "10.9.0.0/24", availabilityZone: "us-east-1b" });
    account.refusesToMake("InvalidSubnet", SUBNETS, { name: "two", subnetIds: [subnetA.id, stranger.id] });
    account.refusesToMake("InvalidSubnet", SUBNETS, { name: "two", subnetIds: [subnetA.id, "subnet-0"] });
    account.refusesToMake("DBSubnetGroupAlreadyExists", SUBNETS, { name: "data", subnetIds: [subnetA.id, subnetB.id] });
    refusedByCheck(SUBNETS, { name: "Data", subnetIds: [subnetA.id, subnetB.id] }, "name");
    assert.equal(group.properties["vpcId"], vpc.id);
    const made = account.make(INSTANCE, server({ availabilityZone: "us-east-1a" }));
    account.refused("SubnetAlreadyInUse", () => account.change(SUBNETS, group, { name: "data", subnetIds: [subnetB.id, subnetC.id] }));
    account.change(SUBNETS, group, { name: "data", subnetIds: [subnetA.id, subnetC.id] });
    account.refused("DependencyViolation", () => {
      account.delete("aws:ec2/subnet:Subnet", subnetA);
    });
    account.refused("InvalidDBSubnetGroupStateFault", () => {
      account.delete(SUBNETS, group);
    });
    account.delete(INSTANCE, made);
    account.delete(SUBNETS, group);
  });

  it("stands in a subnet group's VPC: its security groups, zones and way to the internet", () => {
    const { account, vpc, gateway } = databases();
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" });
    const stranger = account.make(GROUP, { name: "stranger", vpcId: other.id });
    const own = account.make(GROUP, { name: "own", vpcId: vpc.id });
    account.refusesToMake("InvalidParameterCombination", INSTANCE, server({ vpcSecurityGroupIds: [stranger.id] }));
    account.refusesToMake("InvalidGroup.NotFound", INSTANCE, server({ vpcSecurityGroupIds: ["sg-0"] }));
    account.refusesToMake("DBSubnetGroupNotFoundFault", INSTANCE, server({ dbSubnetGroupName: "none" }));
    const { dbSubnetGroupName, ...nowhere } = server();
    assert.equal(dbSubnetGroupName, "data");
    account.refusesToMake("DBSubnetGroupNotFoundFault", INSTANCE, nowhere);
    account.refusesToMake("InvalidVPCNetworkStateFault", INSTANCE, server({ availabilityZone: "us-east-1f" }));
    account.refusesToMake("InvalidParameterCombination", INSTANCE, server({ availabilityZone: "us-east-1a", multiAz: true }));
    account.make(INSTANCE, server({ vpcSecurityGroupIds: [own.id], publiclyAccessible: true }));
    account.refused("DependencyViolation", () => {
      account.delete(GROUP, own);
    });
    account.delete("aws:ec2/internetGateway:InternetGateway", gateway);
    account.refusesToMake("InvalidVPCNetworkStateFault", INSTANCE, server({ identifier: "open", publiclyAccessible: true }));
  });

  it("moves to a subnet group of another VPC only", () => {
    const { account, wide } = threeZones();
    const made = account.make(INSTANCE, server());
    account.refused("InvalidVPCNetworkStateFault", () => account.change(INSTANCE, made, server({ dbSubnetGroupName: wide.id })));
  });

  it("keeps storage within its limits, and never smaller", () => {
    const { account } = databases();
    const combination = "InvalidParameterCombination";
    for (const other of [
      { allocatedStorage: 19 },
      { allocatedStorage: 65_537 },
      { iops: 3000 },
      { storageThroughput: 125 },
      { allocatedStorage: 400, iops: 11_999 },
      { allocatedStorage: 400, iops: 12_000, storageThroughput: 4001 },
      { allocatedStorage: 400, iops: 12_000, storageThroughput: 3500 },
      { storageType: "io1" },
      { storageType: "io1", iops: 6000 },
      { storageType: "io2", iops: 500 },
      { storageType: "gp2", iops: 3000 },
      { storageType: "gp2", storageThroughput: 125 },
      { maxAllocatedStorage: 100 },
      { maxAllocatedStorage: 70_000 },
    ])
      account.refusesToMake(combination, INSTANCE, server(other));
    account.refusesToMake("InvalidParameterValue", INSTANCE, server({ storageType: "st1" }));
    const made = account.make(INSTANCE, server({ maxAllocatedStorage: 110 }));
    const grown = account.change(INSTANCE, made, server({ allocatedStorage: 500 }));
    assert.deepEqual([grown["iops"], grown["storageThroughput"], grown["maxAllocatedStorage"]], [12_000, 500, undefined]);
    account.refused(combination, () => account.change(INSTANCE, made, server({ allocatedStorage: 400 })));
    const faster = account.change(INSTANCE, made, server({ allocatedStorage: 500, iops: 20_000 }));
    assert.equal(faster["iops"], 20_000);
    assert.equal(account.change(INSTANCE, made, server({ allocatedStorage: 500 }))["iops"], 20_000, "what the program leaves out stays");
    const provisioned = account.change(INSTANCE, made, server({ allocatedStorage: 500, storageType: "io2", iops: 30_000 }));
    assert.deepEqual([provisioned["iops"], provisioned["storageThroughput"]], [30_000, 0]);
  });

  it("encrypts with a key of its region", () => {
    const { account } = databases();
    const kmsKeyId = mustText(account.make("aws:kms/key:Key", {}).properties, "arn");
    const elsewhere = mustText(account.make("aws:kms/key:Key", { region: "eu-west-1" }).properties, "arn");
    account.refusesToMake("KMSKeyNotAccessibleFault", INSTANCE, server({ storageEncrypted: true, kmsKeyId: elsewhere }));
    account.refusesToMake("InvalidParameterCombination", INSTANCE, server({ kmsKeyId }));
    assert.equal(account.make(INSTANCE, server({ storageEncrypted: true, kmsKeyId })).properties["kmsKeyId"], kmsKeyId);
    assert.match(mustText(account.make(INSTANCE, server({ identifier: "b", storageEncrypted: true })).properties, "kmsKeyId"), /alias\/aws\/rds$/);
    refusedByCheck(INSTANCE, server({ storageEncrypted: true, kmsKeyId: "1234" }), "kmsKeyId");
  });

  it("monitors with a role that RDS may take on, and keeps insights for the periods that exist", () => {
    const { account } = databases();
    const monitoringRoleArn = roleOf(account, "monitoring", "monitoring.rds.amazonaws.com");
    const combination = "InvalidParameterCombination";
    account.refusesToMake(combination, INSTANCE, server({ monitoringInterval: 60 }));
    account.refusesToMake(
      "InvalidParameterValue",
      INSTANCE,
      server({ monitoringInterval: 60, monitoringRoleArn: roleOf(account, "host", "ec2.amazonaws.com") }),
    );
    account.refusesToMake("InvalidParameterValue", INSTANCE, server({ monitoringInterval: 60, monitoringRoleArn: "arn:aws:iam::123456789012:role/none" }));
    refusedByCheck(INSTANCE, server({ monitoringInterval: 20, monitoringRoleArn }), "monitoringInterval");
    for (const performanceInsightsRetentionPeriod of [0, 8, 465.5, 744])
      refusedByCheck(INSTANCE, server({ performanceInsightsEnabled: true, performanceInsightsRetentionPeriod }), "performanceInsightsRetentionPeriod");
    account.refusesToMake(combination, INSTANCE, server({ performanceInsightsRetentionPeriod: 7 }));
    account.refusesToMake(combination, INSTANCE, server({ databaseInsightsMode: "advanced" }));
    account.refusesToMake(
      combination,
      INSTANCE,
      server({ databaseInsightsMode: "advanced", performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 434 }),
    );
    const insights = { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 465, databaseInsightsMode: "advanced" };
    const made = account.make(INSTANCE, server({ monitoringInterval: 1, monitoringRoleArn, ...insights }));
    account.refused(combination, () => account.change(INSTANCE, made, server({ ...insights, performanceInsightsRetentionPeriod: 31 })));
    const off = account.change(INSTANCE, made, server({ databaseInsightsMode: "standard" }));
    assert.deepEqual([off["performanceInsightsEnabled"], off["performanceInsightsRetentionPeriod"], off["monitoringInterval"]], [false, 0, 0]);
    account.refusesToMake(combination, INSTANCE, server({ identifier: "b", enabledCloudwatchLogsExports: ["audit"] }));
    account.make(INSTANCE, server({ identifier: "b", enabledCloudwatchLogsExports: ["postgresql", "upgrade"] }));
  });

  it("keeps backups for 0 to 35 days, in windows that do not overlap", () => {
    const { account } = databases();
    for (const backupRetentionPeriod of [-1, 36, 1.5]) refusedByCheck(INSTANCE, server({ backupRetentionPeriod }), "backupRetentionPeriod");
    for (const backupWindow of ["3:00-4:00", "03:00-03:20", "24:00-24:30", "sun:03:00-sun:04:00"])
      refusedByCheck(INSTANCE, server({ backupWindow }), "backupWindow");
    for (const maintenanceWindow of ["03:00-04:00", "son:03:00-son:04:00", "sun:03:00-sun:03:10"])
      refusedByCheck(INSTANCE, server({ maintenanceWindow }), "maintenanceWindow");
    const overlapping = [
      { backupWindow: "03:00-04:00", maintenanceWindow: "sun:03:30-sun:04:30" },
      { backupWindow: "23:45-00:30", maintenanceWindow: "mon:00:00-mon:01:00" },
      { backupWindow: "00:10-00:50", maintenanceWindow: "sun:23:30-mon:00:20" },
    ];
    for (const windows of overlapping) account.refusesToMake("InvalidParameterValue", INSTANCE, server(windows));
    account.make(INSTANCE, server({ backupWindow: "04:00-04:30", maintenanceWindow: "sun:04:30-sun:05:00", backupRetentionPeriod: 35 }));
    const chosen = account.make(INSTANCE, server({ identifier: "b", maintenanceWindow: "sun:03:00-sun:04:00" }));
    assert.equal(chosen.properties["backupWindow"], "07:11-07:41");
    account.refusesToMake("CertificateNotFound", INSTANCE, server({ identifier: "c", caCertIdentifier: "rds-ca-2019" }));
  });

  it("upgrades, and never goes back", () => {
    const { account } = databases();
    const made = account.make(INSTANCE, server({ engineVersion: "16.13" }));
    account.refused("InvalidParameterCombination", () => account.change(INSTANCE, made, server({ engineVersion: "16.12" })));
    account.refused("InvalidParameterCombination", () => account.change(INSTANCE, made, server({ engineVersion: "17.9" })));
    assert.equal(account.change(INSTANCE, made, server({ engineVersion: "16" }))["engineVersionActual"], "16.13", "a major version alone is no upgrade");
    const upgraded = account.change(INSTANCE, made, server({ engineVersion: "17.9", allowMajorVersionUpgrade: true }));
    assert.deepEqual([upgraded["engineVersionActual"], upgraded["parameterGroupName"]], ["17.9", "default.postgres17"]);
    account.make(PARAMETERS, { name: "sixteen", family: "postgres16" });
    const custom = account.make(INSTANCE, server({ identifier: "b", engineVersion: "16.13", parameterGroupName: "sixteen" }));
    account.refused("InvalidParameterCombination", () =>
      account.change(INSTANCE, custom, server({ identifier: "b", engineVersion: "17.9", allowMajorVersionUpgrade: true, parameterGroupName: "sixteen" })),
    );
  });

  it("replaces a server for its engine, user, database, zone or encryption, and renames it in place", () => {
    const { account } = databases();
    const olds = server({ dbName: "app", availabilityZone: "us-east-1a", storageEncrypted: false });
    const effects = (news: ReturnType<typeof server>): Record<string, string> =>
      Object.fromEntries(difference(modelOf(INSTANCE), olds, { ...olds, ...news }).changes.map((one) => [one.path, one.effect]));
    assert.deepEqual(
      effects({ username: "b", dbName: "b", availabilityZone: "us-east-1b", storageEncrypted: true, instanceClass: "db.m7g.xlarge", multiAz: true }),
      {
        username: "replace",
        dbName: "replace",
        availabilityZone: "replace",
        storageEncrypted: "replace",
        instanceClass: "update",
        multiAz: "update",
      },
    );
    const made = account.make(INSTANCE, server());
    account.make(INSTANCE, server({ identifier: "taken" }));
    account.refused("DBInstanceAlreadyExists", () => account.change(INSTANCE, made, server({ identifier: "taken" })));
    assert.deepEqual(modelOf(INSTANCE).volatile?.(server(), server({ identifier: "renamed" })), ["address", "arn", "endpoint"]);
    assert.match(mustText(account.change(INSTANCE, made, server({ identifier: "renamed" })), "address"), /^renamed\./);
    account.make(INSTANCE, server());
  });

  it("deletes what is not protected, with a final snapshot whose name is then taken", () => {
    const { account } = databases();
    const made = account.make(INSTANCE, server({ deletionProtection: true }));
    account.refused("InvalidParameterCombination", () => {
      account.delete(INSTANCE, made);
    });
    account.change(INSTANCE, made, server({ skipFinalSnapshot: false }));
    assert.throws(() => {
      account.delete(INSTANCE, made);
    }, /final_snapshot_identifier is required when skip_final_snapshot is false/);
    const last = server({ skipFinalSnapshot: false, finalSnapshotIdentifier: "store-final" });
    account.change(INSTANCE, made, last);
    account.delete(INSTANCE, made);
    assert.equal(account.record.all(INSTANCE).length, 0);
    const again = account.make(INSTANCE, last);
    account.refused("DBSnapshotAlreadyExists", () => {
      account.delete(INSTANCE, again);
    });
  });

  it("does not need an identifier", () => {
    const { account } = databases();
    const { identifier, ...nameless } = server();
    assert.equal(identifier, "store");
    assert.match(mustText(account.make(INSTANCE, nameless).properties, "identifier"), /^tf-\d{26}$/);
    assert.ok(account instanceof Account);
  });
});
