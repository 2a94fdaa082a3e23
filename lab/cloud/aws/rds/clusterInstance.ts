import { between, flag, number, text } from "../../model";
import { withInputs } from "../../projection";
import { integerAt, isOn, mustText, textAt, textsAt, type Properties } from "../../properties";
import type { Resource } from "../../record";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { awsModel, type AwsModel } from "../model";
import * as types from "../types";
import { checkClass } from "./classes";
import { fittingGroup } from "./groups";
import { globalOf, instancesOf, isSecondary } from "./membership";
import { monitoringInputs, monitoringOf, resourceId } from "./monitoring";
import { instanceNameFree, isIdentifier, uniqueIdentifier } from "./names";
import { checkPublic, hostName, placeOf, zoneIn } from "./placement";
import * as rds from "./references";
import { authorityOf, commonInputs, engineName, subnetGroupName, weeklyWindow, windowsOf } from "./settings";
import { means } from "./versions";

/** Instances of an Aurora cluster: a writer and fifteen readers (Aurora quotas). */
const MOST_INSTANCES = 16;
/** Tiers of promotion (CreateDBInstance): the lowest number becomes the writer first. */
const TIERS = { first: 0, last: 15 };

/** An instance of an Aurora cluster. The first one writes; when it goes, the next in line does. */
export const clusterInstance: AwsModel = awsModel(
  {
    type: types.DB_CLUSTER_INSTANCE,
    noun: "RDS Cluster Instance",
    api: "RDS",
    calls: { create: "CreateDBInstance", update: "ModifyDBInstance", delete: "DeleteDBInstance" },
    scope: "region",
    inputs: {
      ...commonInputs(),
      ...monitoringInputs("kept"),
      availabilityZone: text({ computed: true, replaces: true }),
      caCertIdentifier: text({ computed: true }),
      clusterIdentifier: text({ required: true, replaces: true, refers: rds.cluster() }),
      dbParameterGroupName: text({ computed: true, refers: rds.parameterGroup() }),
      dbSubnetGroupName: subnetGroupName({ replaces: true }),
      engine: engineName("aurora-postgresql"),
      identifier: text({ computed: true, replaces: true, rule: isIdentifier }),
      instanceClass: text({ required: true }),
      preferredMaintenanceWindow: weeklyWindow(),
      promotionTier: number({ default: 0, rule: between(TIERS.first, TIERS.last) }),
      publiclyAccessible: flag({ computed: true, replaces: true }),
    },
    outputs: ["arn", "dbiResourceId", "endpoint", "engineVersionActual", "kmsKeyId", "port", "storageEncrypted", "writer"],
    create: ({ inputs, cloud }) => {
      const home = cloud.must(types.DB_CLUSTER, mustText(inputs, "clusterIdentifier"));
      const identifier = textAt(inputs, "identifier") ?? uniqueIdentifier();
      instanceNameFree(cloud, identifier);
      checkHome(inputs, home);
      const place = placeOf(home.properties, cloud);
      checkPublic(inputs, place.vpcId, cloud);
      const siblings = instancesOf(cloud, home);
      const zone = zoneIn(
        place.zones,
        textAt(inputs, "availabilityZone"),
        siblings.map((one) => mustText(one.properties, "availabilityZone")),
      );
      const outputs = settled(inputs, inputs, home, cloud, {});
      addMember(cloud, home, identifier);
      return {
        id: identifier,
        internal: { zones: [zone] },
        outputs: {
          ...outputs,
          arn: cloud.arn("rds", `db:${identifier}`),
          availabilityZone: zone,
          dbiResourceId: resourceId("db"),
          dbSubnetGroupName: place.group,
          endpoint: hostName(cloud, identifier, "instance"),
          engineVersion: textAt(inputs, "engineVersion") ?? mustText(home.properties, "engineVersionActual"),
          identifier,
          kmsKeyId: mustText(home.properties, "kmsKeyId"),
          publiclyAccessible: isOn(inputs, "publiclyAccessible"),
          storageEncrypted: isOn(home.properties, "storageEncrypted"),
          writer: siblings.length === 0 && !isSecondary(cloud, mustText(home.properties, "arn")),
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const home = cloud.must(types.DB_CLUSTER, mustText(inputs, "clusterIdentifier"));
      return { outputs: settled(withInputs(clusterInstance, resource.properties, inputs), inputs, home, cloud, resource.properties) };
    },
    volatile: (olds, news) => (olds["engineVersion"] === news["engineVersion"] ? [] : ["engineVersionActual"]),
    delete: (resource, cloud) => {
      const home = cloud.must(types.DB_CLUSTER, mustText(resource.properties, "clusterIdentifier"));
      const next = instancesOf(cloud, home)
        .filter((one) => one.id !== resource.id)
        .sort((left, right) => tierOf(left) - tierOf(right))[0];
      if (next !== undefined && isOn(resource.properties, "writer")) cloud.record.put({ ...next, properties: { ...next.properties, writer: true } });
      setMembers(
        cloud,
        home,
        textsAt(home.properties, "clusterMembers").filter((id) => id !== resource.id),
      );
    },
  },
  "tagged",
);

function checkHome(inputs: Properties, home: Resource): void {
  const refuse = (message: string): never => {
    throw new Refusal("InvalidParameterCombination", message);
  };
  const engine = mustText(home.properties, "engine");
  if (engine !== inputs["engine"])
    refuse(`The engine name requested for your DB Instance (${mustText(inputs, "engine")}) doesn't match the engine name of your DB Cluster (${engine}).`);
  const group = textAt(inputs, "dbSubnetGroupName");
  if (group !== undefined && group !== home.properties["dbSubnetGroupName"])
    refuse(`The DB subnet group ${group} is not that of the DB cluster: ${mustText(home.properties, "dbSubnetGroupName")}`);
  if (textsAt(home.properties, "clusterMembers").length >= MOST_INSTANCES)
    throw new Refusal("InvalidDBClusterStateFault", `DB Cluster ${home.id} already has ${String(MOST_INSTANCES)} instances`);
}

// What the settings come to, and what AWS refuses of them; `inputs` are those that the program gives now.
function settled(settings: Properties, inputs: Properties, home: Resource, cloud: Cloud, before: Properties): Properties {
  const version = mustText(home.properties, "engineVersionActual");
  const wanted = textAt(inputs, "engineVersion");
  if (wanted !== undefined && !means(wanted, version))
    throw new Refusal(
      "InvalidParameterCombination",
      `The engine version that you requested for your DB instance (${wanted}) does not match the engine version of your DB cluster (${version}).`,
    );
  const instanceClass = mustText(settings, "instanceClass");
  checkClass("aurora-postgresql", version, instanceClass);
  if (instanceClass.startsWith("db.t") && globalOf(cloud, mustText(home.properties, "arn")) !== undefined)
    throw new Refusal("InvalidParameterCombination", `The instance class ${instanceClass} is not supported in a global cluster`);
  const group = { now: textAt(inputs, "dbParameterGroupName"), before: textAt(before, "dbParameterGroupName") };
  const { preferredMaintenanceWindow } = windowsOf(
    { ...settings, preferredBackupWindow: mustText(home.properties, "preferredBackupWindow") },
    "preferredBackupWindow",
    "preferredMaintenanceWindow",
  );
  return {
    ...monitoringOf(inputs, cloud, before),
    applyImmediately: isOn(settings, "applyImmediately"),
    caCertIdentifier: authorityOf(textAt(settings, "caCertIdentifier")),
    dbParameterGroupName: fittingGroup(cloud, types.DB_PARAMETER_GROUP, group, "aurora-postgresql", version),
    engineVersionActual: version,
    port: integerAt(home.properties, "port") ?? 0,
    preferredMaintenanceWindow: preferredMaintenanceWindow ?? "",
  };
}

function addMember(cloud: Cloud, home: Resource, identifier: string): void {
  setMembers(cloud, home, [...textsAt(home.properties, "clusterMembers"), identifier]);
}

function setMembers(cloud: Cloud, home: Resource, clusterMembers: string[]): void {
  cloud.record.put({ ...home, properties: { ...home.properties, clusterMembers } });
}

function tierOf(resource: Resource): number {
  return integerAt(resource.properties, "promotionTier") ?? TIERS.first;
}
