import { between, flag, number, oneOf, set, text } from "../../model";
import { withInputs } from "../../projection";
import { integerAt, isOn, mustText, textAt, textsAt, type Properties } from "../../properties";
import { zonesOf } from "../regions";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { takeFinalSnapshot } from "../finalSnapshots";
import { awsModel, type AwsModel } from "../model";
import * as types from "../types";
import { checkDeployment, deployed, membersOfDeployment } from "./deployment";
import { fittingGroup } from "./groups";
import { checkEncryption, checkSecondary, globalById, globalOf, join, leave, mayLeave, upgradeMembers, writerOf } from "./membership";
import { checkLogs, insightInputs, insightsMode, monitoringInputs, monitoringOf, resourceId } from "./monitoring";
import { checkCredentials, isIdentifier, requireCredentials, uniqueIdentifier } from "./names";
import { HOSTED_ZONE, hostName, placeOf, type Place } from "./placement";
import * as rds from "./references";
import { checkSource } from "./replication";
import { authorityOf, commonInputs, dailyWindow, dataInputs, engineName, PORT, subnetGroupName, weeklyWindow, windowsOf } from "./settings";
import { storageKey } from "./storage";
import { resolveVersion, upgradedVersion, type Engine } from "./versions";

/** Days of backups of a cluster (CreateDBCluster): never none. */
const BACKUP_DAYS = { least: 1, most: 35 };
/** Zones that the storage of Aurora is in. */
const STORAGE_ZONES = 3;
const CREDENTIALS = { username: "masterUsername", password: "masterPassword", database: "databaseName" };

const engineOf = (settings: Properties): Engine => (settings["engine"] === "postgres" ? "postgres" : "aurora-postgresql");

/** An Aurora PostgreSQL cluster, whose instances are made apart, or a Multi-AZ DB cluster of RDS, which has its three at once. */
export const cluster: AwsModel = awsModel(
  {
    type: types.DB_CLUSTER,
    noun: "RDS Cluster",
    api: "RDS",
    calls: { create: "CreateDBCluster", update: "ModifyDBCluster", delete: "DeleteDBCluster" },
    scope: "region",
    inputs: {
      ...commonInputs(),
      ...dataInputs(),
      ...insightInputs(),
      ...monitoringInputs("off unless given"),
      allocatedStorage: number({ computed: true }),
      availabilityZones: set(text(), {
        computed: true,
        replaces: true,
        rule: (zones) => (zones.length <= STORAGE_ZONES ? undefined : `expected at most ${String(STORAGE_ZONES)} zones`),
      }),
      backupRetentionPeriod: number({ computed: true, rule: between(BACKUP_DAYS.least, BACKUP_DAYS.most) }),
      caCertificateIdentifier: text({ computed: true }),
      clusterIdentifier: text({ computed: true, replaces: true, rule: isIdentifier }),
      databaseName: text({ computed: true, replaces: true }),
      dbClusterInstanceClass: text(),
      dbClusterParameterGroupName: text({ computed: true, refers: rds.clusterParameterGroup() }),
      dbSubnetGroupName: subnetGroupName({ replaces: true }),
      enableGlobalWriteForwarding: flag({ default: false }),
      engine: engineName("aurora-postgresql", "postgres"),
      engineMode: text({ default: "provisioned", replaces: true, rule: oneOf("provisioned") }),
      globalClusterIdentifier: text({ rule: isIdentifier }),
      masterPassword: text(),
      masterUsername: text({ computed: true, replaces: true }),
      port: number({ computed: true, replaces: true, rule: between(PORT.least, PORT.most) }),
      preferredBackupWindow: dailyWindow(),
      preferredMaintenanceWindow: weeklyWindow(),
      replicationSourceIdentifier: text(),
      sourceRegion: text({ replaces: true }),
      storageEncrypted: flag({ computed: true, replaces: true }),
      storageType: text({ computed: true, rule: oneOf("", "aurora-iopt1", "gp3", "io1", "io2") }),
    },
    outputs: ["arn", "clusterMembers", "clusterResourceId", "endpoint", "engineVersionActual", "hostedZoneId", "readerEndpoint"],
    create: ({ inputs, cloud }) => {
      const id = textAt(inputs, "clusterIdentifier") ?? uniqueIdentifier();
      if (cloud.get(types.DB_CLUSTER, id) !== undefined) throw new Refusal("DBClusterAlreadyExistsFault", "DB Cluster already exists");
      const arn = cloud.arn("rds", `cluster:${id}`);
      const engine = engineOf(inputs);
      const version = resolveVersion(engine, textAt(inputs, "engineVersion"));
      const place = placeOf(inputs, cloud);
      checkSource(inputs, engine, cloud);
      const settings = settled(inputs, inputs, cloud, place, version, {});
      const global = globalFor(inputs, version, cloud);
      const kmsKeyId = storageKey(inputs, cloud);
      const members = membersOfDeployment(id, inputs, place, cloud);
      const zones = zonesOfStorage(inputs, place, cloud);
      if (global !== undefined) join(cloud, global, arn);
      return {
        id,
        internal: { zones: members.length > 0 ? zones : [] },
        outputs: {
          ...settings,
          arn,
          availabilityZones: zones,
          clusterIdentifier: id,
          clusterMembers: members,
          clusterResourceId: resourceId("cluster"),
          databaseName: textAt(inputs, "databaseName") ?? "",
          endpoint: hostName(cloud, id, "cluster"),
          engineVersion: textAt(inputs, "engineVersion") ?? version,
          hostedZoneId: HOSTED_ZONE,
          kmsKeyId,
          masterUsername: textAt(inputs, "masterUsername") ?? "",
          readerEndpoint: hostName(cloud, id, "cluster-ro"),
          storageEncrypted: isOn(inputs, "storageEncrypted"),
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const before = resource.properties;
      const settings = withInputs(cluster, before, inputs);
      checkGlobalChange(before, inputs);
      const running = mustText(before, "engineVersionActual");
      const version = upgradedVersion(engineOf(inputs), running, textAt(inputs, "engineVersion"), isOn(inputs, "allowMajorVersionUpgrade"));
      const outputs = settled(settings, inputs, cloud, placeOf(settings, cloud), version, before);
      const joined = globalOf(cloud, mustText(before, "arn"));
      if (joined !== undefined && before["globalClusterIdentifier"] !== undefined && inputs["globalClusterIdentifier"] === undefined)
        leave(cloud, joined, mustText(before, "arn"));
      if (version !== running) upgradeMembers(cloud, resource, version, "instances");
      return { outputs };
    },
    volatile: (olds, news) => (olds["engineVersion"] === news["engineVersion"] ? [] : ["engineVersionActual"]),
    delete: (resource, cloud) => {
      const { properties } = resource;
      const arn = mustText(properties, "arn");
      if (isOn(properties, "deletionProtection"))
        throw new Refusal("InvalidParameterCombination", "Cannot delete protected Cluster, please disable deletion protection and try again.");
      const joined = globalOf(cloud, arn);
      if (joined !== undefined && properties["globalClusterIdentifier"] === undefined)
        throw new Refusal("InvalidDBClusterStateFault", `This cluster is a part of a global cluster, please remove it from globalcluster ${joined.id} first`);
      if (joined !== undefined) mayLeave(joined, arn);
      takeFinalSnapshot(resource, cloud, "cluster", "RDS Cluster");
      if (joined !== undefined) leave(cloud, joined, arn);
    },
  },
  "tagged",
);

// What the settings come to, and what AWS refuses of them; `inputs` are those that the program gives now.
function settled(settings: Properties, inputs: Properties, cloud: Cloud, place: Place, version: string, before: Properties): Properties {
  const engine = engineOf(settings);
  checkCredentials(inputs, CREDENTIALS);
  checkLogs(settings, engine, version);
  checkDeployment(settings, version);
  if (isOn(settings, "enableGlobalWriteForwarding") && settings["globalClusterIdentifier"] === undefined)
    throw new Refusal("InvalidParameterCombination", "Global write forwarding is for clusters of a global cluster only");
  const group = { now: textAt(inputs, "dbClusterParameterGroupName"), before: textAt(before, "dbClusterParameterGroupName") };
  const monitoring = monitoringOf(inputs, cloud, before);
  return {
    ...deployed(inputs, before),
    ...monitoring,
    ...windowsOf(settings, "preferredBackupWindow", "preferredMaintenanceWindow"),
    applyImmediately: isOn(settings, "applyImmediately"),
    backupRetentionPeriod: integerAt(settings, "backupRetentionPeriod") ?? BACKUP_DAYS.least,
    caCertificateIdentifier: authorityOf(textAt(settings, "caCertificateIdentifier")),
    databaseInsightsMode: insightsMode({ ...settings, ...monitoring }),
    dbClusterParameterGroupName: fittingGroup(cloud, types.DB_CLUSTER_PARAMETER_GROUP, group, engine, version),
    dbSubnetGroupName: place.group,
    engineVersionActual: version,
    port: integerAt(settings, "port") ?? PORT.default,
    vpcSecurityGroupIds: place.securityGroups,
  };
}

// The global cluster to join, when one is named; credentials are for clusters that replicate nothing.
function globalFor(inputs: Properties, version: string, cloud: Cloud): ReturnType<typeof globalById> {
  const named = textAt(inputs, "globalClusterIdentifier");
  if (named === undefined) {
    if (inputs["replicationSourceIdentifier"] === undefined) requireCredentials(inputs, CREDENTIALS);
    return undefined;
  }
  const global = globalById(cloud, named);
  if (global === undefined) throw new Refusal("GlobalClusterNotFoundFault", `Global cluster ${named} not found`);
  if (global.properties["engine"] !== inputs["engine"])
    throw new Refusal("InvalidParameterCombination", `The engine of the global cluster ${named} is ${mustText(global.properties, "engine")}`);
  if (writerOf(global) !== undefined) {
    checkSecondary(inputs, version, global, cloud);
    checkEncryption(inputs, global, "secondary");
    return global;
  }
  requireCredentials(inputs, CREDENTIALS);
  const wanted = mustText(global.properties, "engineVersionActual");
  if (wanted !== version) throw new Refusal("InvalidParameterValue", `The global cluster ${named} has the engine version ${wanted}, not ${version}`);
  checkEncryption(inputs, global, "primary");
  return global;
}

function checkGlobalChange(before: Properties, inputs: Properties): void {
  const [old, wanted] = [textAt(before, "globalClusterIdentifier"), textAt(inputs, "globalClusterIdentifier")];
  if (old === wanted || wanted === undefined) return;
  throw new Error(
    old === undefined
      ? "Existing RDS Clusters cannot be added to an existing RDS Global Cluster"
      : "Existing RDS Clusters cannot be migrated between existing RDS Global Clusters",
  );
}

// Aurora fills up to three zones of the region, whatever the subnet group has; the instances of a Multi-AZ DB cluster are in its zones.
function zonesOfStorage(inputs: Properties, place: Place, cloud: Cloud): string[] {
  const given = textsAt(inputs, "availabilityZones");
  const all = engineOf(inputs) === "postgres" ? place.zones : zonesOf(cloud.region);
  const unknown = given.filter((zone) => !all.includes(zone));
  if (unknown.length > 0)
    throw new Refusal("InvalidVPCNetworkStateFault", `Availability zones '[${unknown.join(", ")}]' are unavailable in this region or group`);
  const preferred = [...given, ...place.zones, ...all];
  return [...new Set(preferred)].slice(0, STORAGE_ZONES).sort();
}
