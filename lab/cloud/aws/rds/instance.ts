import { between, flag, number, text } from "../../model";
import { withInputs } from "../../projection";
import { integerAt, isOn, mustText, textAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { takeFinalSnapshot } from "../finalSnapshots";
import { awsModel, type AwsModel } from "../model";
import * as types from "../types";
import { checkClass } from "./classes";
import { fittingGroup } from "./groups";
import { checkLogs, insightInputs, insightsMode, monitoringInputs, monitoringOf, resourceId } from "./monitoring";
import { checkCredentials, instanceNameFree, isIdentifier, uniqueIdentifier } from "./names";
import { checkMove, checkPublic, HOSTED_ZONE, hostName, placeOf, zoneIn, type Place } from "./placement";
import * as rds from "./references";
import { authorityOf, commonInputs, dailyWindow, dataInputs, engineName, PORT, subnetGroupName, weeklyWindow, windowsOf } from "./settings";
import { storageKey, storageOf } from "./storage";
import { resolveVersion, upgradedVersion } from "./versions";

/** Days of backups: none, or up to 35 (CreateDBInstance). */
const BACKUP_DAYS = { least: 0, most: 35 };
const CREDENTIALS = { username: "username", password: "password", database: "dbName" };

/**
 * A PostgreSQL server of RDS, alone or with a standby in another zone. An identifier is no automatic name: a replacement that
 * keeps it is made first, and refused, as with the real provider.
 */
export const instance: AwsModel = awsModel(
  {
    type: types.DB_INSTANCE,
    noun: "RDS DB Instance",
    api: "RDS",
    calls: { create: "CreateDBInstance", update: "ModifyDBInstance", delete: "DeleteDBInstance" },
    scope: "region",
    inputs: {
      ...commonInputs(),
      ...dataInputs(),
      ...insightInputs(),
      ...monitoringInputs("off unless given"),
      allocatedStorage: number({ required: true }),
      availabilityZone: text({ computed: true, replaces: true }),
      backupRetentionPeriod: number({ computed: true, rule: between(BACKUP_DAYS.least, BACKUP_DAYS.most) }),
      backupWindow: dailyWindow(),
      caCertIdentifier: text({ computed: true }),
      dbName: text({ computed: true, replaces: true }),
      dbSubnetGroupName: subnetGroupName(),
      engine: engineName("postgres"),
      identifier: text({ computed: true, rule: isIdentifier }),
      instanceClass: text({ required: true }),
      maintenanceWindow: weeklyWindow(),
      maxAllocatedStorage: number(),
      multiAz: flag({ computed: true }),
      parameterGroupName: text({ computed: true, refers: rds.parameterGroup() }),
      password: text({ required: true }),
      port: number({ computed: true, rule: between(PORT.least, PORT.most) }),
      publiclyAccessible: flag({ default: false }),
      storageEncrypted: flag({ replaces: true }),
      storageThroughput: number({ computed: true }),
      storageType: text({ computed: true }),
      username: text({ required: true, replaces: true }),
    },
    outputs: ["address", "arn", "endpoint", "engineVersionActual", "hostedZoneId", "replicas", "resourceId", "status"],
    create: ({ inputs, cloud }) => {
      const identifier = textAt(inputs, "identifier") ?? uniqueIdentifier();
      instanceNameFree(cloud, identifier);
      const id = resourceId("db");
      const place = placeOf(inputs, cloud);
      if (isOn(inputs, "multiAz") && inputs["availabilityZone"] !== undefined)
        throw new Refusal("InvalidParameterCombination", "Requesting a specific availability zone is not valid for Multi-AZ instances.");
      const version = resolveVersion("postgres", textAt(inputs, "engineVersion"));
      return {
        id,
        outputs: {
          ...settled({ ...inputs, identifier }, inputs, cloud, place, version, {}),
          dbName: textAt(inputs, "dbName") ?? "",
          engineVersion: textAt(inputs, "engineVersion") ?? version,
          kmsKeyId: storageKey(inputs, cloud),
          hostedZoneId: HOSTED_ZONE,
          replicas: [],
          resourceId: id,
          status: "available",
        },
        internal: { zones: zonesOf(inputs, place) },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const before = resource.properties;
      const settings = withInputs(instance, before, inputs);
      const identifier = mustText(settings, "identifier");
      if (identifier !== before["identifier"]) instanceNameFree(cloud, identifier);
      const place = placeOf(settings, cloud);
      checkMove(before, place, cloud);
      const running = mustText(before, "engineVersionActual");
      const version = upgradedVersion("postgres", running, textAt(inputs, "engineVersion"), isOn(inputs, "allowMajorVersionUpgrade"));
      return { outputs: settled(settings, inputs, cloud, place, version, before), internal: { zones: zonesOf(settings, place) } };
    },
    volatile: (olds, news) => [
      ...(olds["identifier"] === news["identifier"] ? [] : ["address", "arn", "endpoint"]),
      ...(olds["port"] === news["port"] ? [] : ["endpoint"]),
      ...(olds["engineVersion"] === news["engineVersion"] ? [] : ["engineVersionActual"]),
    ],
    delete: (resource, cloud) => {
      if (isOn(resource.properties, "deletionProtection"))
        throw new Refusal("InvalidParameterCombination", "Cannot delete protected DB Instance, please disable deletion protection and try again.");
      takeFinalSnapshot(resource, cloud, "instance", "RDS DB Instance");
    },
  },
  "tagged",
);

// What the settings come to, and what AWS refuses of them; `inputs` are those that the program gives now.
function settled(settings: Properties, inputs: Properties, cloud: Cloud, place: Place, version: string, before: Properties): Properties {
  checkCredentials(inputs, CREDENTIALS);
  checkClass("postgres", version, mustText(settings, "instanceClass"));
  checkPublic(settings, place.vpcId, cloud);
  checkLogs(settings, "postgres", version);
  const monitoring = monitoringOf(inputs, cloud, before);
  const identifier = mustText(settings, "identifier");
  const address = hostName(cloud, identifier, "instance");
  const port = integerAt(settings, "port") ?? PORT.default;
  const group = { now: textAt(inputs, "parameterGroupName"), before: textAt(before, "parameterGroupName") };
  const [zone = ""] = zonesOf(settings, place);
  return {
    ...storageOf(inputs, before),
    ...monitoring,
    ...windowsOf(settings, "backupWindow", "maintenanceWindow"),
    address,
    applyImmediately: isOn(settings, "applyImmediately"),
    arn: cloud.arn("rds", `db:${identifier}`),
    availabilityZone: zone,
    backupRetentionPeriod: integerAt(settings, "backupRetentionPeriod") ?? 0,
    caCertIdentifier: authorityOf(textAt(settings, "caCertIdentifier")),
    databaseInsightsMode: insightsMode({ ...settings, ...monitoring }),
    dbSubnetGroupName: place.group,
    endpoint: `${address}:${String(port)}`,
    engineVersionActual: version,
    identifier,
    multiAz: isOn(settings, "multiAz"),
    parameterGroupName: fittingGroup(cloud, types.DB_PARAMETER_GROUP, group, "postgres", version),
    port,
    vpcSecurityGroupIds: place.securityGroups,
  };
}

// The zone of the instance and, with a standby, the standby's.
function zonesOf(settings: Properties, place: Place): string[] {
  const wanted = textAt(settings, "availabilityZone");
  const first = zoneIn(place.zones, wanted);
  return isOn(settings, "multiAz") ? [first, zoneIn(place.zones, undefined, [first])] : [first];
}
