import { between, flag, list, matching, number, oneOf, set, text, type Failure } from "../../model";
import { withInputs } from "../../projection";
import { integerAt, isOn, mustText, textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { keepSnapshot } from "../finalSnapshots";
import { awsModel, type AwsModel } from "../model";
import * as refer from "../references";
import { securityGroupsIn, spanOf } from "../subnetGroups";
import * as types from "../types";
import { freeWindow, isDailyWindow, isWeeklyWindow, windowsOverlap } from "../windows";
import { checkEncryption, checkTransitChange, isAuthToken } from "./encryption";
import { endpointsOf } from "./endpoints";
import { cacheParameters, cacheSubnets, fittingCacheGroup } from "./groups";
import { cacheVersion, checkCacheUpgrade, checkNodeType, type CacheEngine } from "./offers";

/** Limits of a replication group (CreateReplicationGroup): nodes of its one shard, days of snapshots, minutes of windows. */
const LIMITS = { nodes: 6, snapshotDays: 35, windowMinutes: 60 };
const SNAPSHOTS = ["03:30-04:30", "07:30-08:30"];
const MAINTENANCE = ["sun:05:00-sun:06:00", "mon:09:00-mon:10:00"];

const engineOf = (settings: Properties): CacheEngine => (settings["engine"] === "valkey" ? "valkey" : "redis");

/** A primary and its replicas, with cluster mode disabled. */
export const replicationGroup: AwsModel = awsModel(
  {
    type: types.REPLICATION_GROUP,
    noun: "ElastiCache Replication Group",
    api: "ElastiCache",
    calls: { create: "CreateReplicationGroup", update: "ModifyReplicationGroup", delete: "DeleteReplicationGroup" },
    scope: "region",
    naming: { property: "replicationGroupId", longest: 40, clean: (name) => name.toLowerCase() },
    inputs: {
      applyImmediately: flag({ computed: true }),
      atRestEncryptionEnabled: flag({ computed: true, replaces: true }),
      authToken: text({ rule: isAuthToken }),
      authTokenUpdateStrategy: text({ rule: oneOf("SET", "ROTATE", "DELETE") }),
      autoMinorVersionUpgrade: flag({ computed: true }),
      automaticFailoverEnabled: flag({ default: false }),
      description: text({ required: true, rule: (written) => (written === "" ? "must not be empty" : undefined) }),
      engine: text({ default: "redis", rule: oneOf("redis", "valkey") }),
      engineVersion: text({ computed: true, rule: matching(/^\d+\.\d+$/, "expected <major>.<minor>") }),
      finalSnapshotIdentifier: text(),
      kmsKeyId: text({ replaces: true, refers: refer.key("InvalidParameterValue") }),
      maintenanceWindow: text({ computed: true, rule: isWeeklyWindow(LIMITS.windowMinutes) }),
      multiAzEnabled: flag({ default: false }),
      nodeType: text({ computed: true }),
      numCacheClusters: number({ computed: true, rule: between(1, LIMITS.nodes) }),
      parameterGroupName: text({ computed: true, refers: cacheParameters() }),
      port: number({ default: 6379, replaces: true, rule: between(1, 65_535) }),
      preferredCacheClusterAzs: list(text()),
      replicationGroupId: text({
        replaces: true,
        rule: (id) =>
          /^[a-z](-?[a-z0-9])*$/.test(id) && id.length <= 40
            ? undefined
            : `expected 1 to 40 lower-case letters, digits and single inner hyphens, beginning with a letter; got ${id}`,
      }),
      securityGroupIds: set(text({ refers: refer.securityGroup() }), { computed: true }),
      snapshotRetentionLimit: number({ rule: between(0, LIMITS.snapshotDays) }),
      snapshotWindow: text({ computed: true, rule: isDailyWindow(LIMITS.windowMinutes) }),
      subnetGroupName: text({ computed: true, replaces: true, refers: cacheSubnets() }),
      transitEncryptionEnabled: flag({ computed: true }),
      transitEncryptionMode: text({ computed: true, rule: oneOf("preferred", "required") }),
    },
    outputs: ["arn", "clusterEnabled", "engineVersionActual", "memberClusters", "primaryEndpointAddress", "readerEndpointAddress"],
    rule: failoverFaults,
    create: ({ inputs, cloud }) => {
      const id = mustText(inputs, "replicationGroupId");
      if (cloud.get(types.REPLICATION_GROUP, id) !== undefined) throw new Refusal("ReplicationGroupAlreadyExists", `Replication group ${id} already exists.`);
      const engine = engineOf(inputs);
      const version = cacheVersion(engine, textAt(inputs, "engineVersion"));
      const defaults: Properties = {
        atRestEncryptionEnabled: engine === "valkey",
        autoMinorVersionUpgrade: true,
        numCacheClusters: 1,
        transitEncryptionEnabled: false,
      };
      const settings = { ...defaults, ...inputs };
      const zones = zonesOfNodes(settings, cloud);
      return {
        id,
        internal: { zones },
        outputs: {
          ...defaults,
          ...inputs,
          ...settled(settings, id, cloud, version, {}),
          arn: cloud.arn("elasticache", `replicationgroup:${id}`),
          clusterEnabled: false,
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const before = resource.properties;
      const settings = withInputs(replicationGroup, before, inputs);
      const from = { engine: engineOf(before), version: mustText(before, "engineVersion") };
      const wanted = textAt(inputs, "engineVersion") ?? (engineOf(inputs) === from.engine ? from.version : undefined);
      const version = cacheVersion(engineOf(inputs), wanted);
      checkCacheUpgrade(from, { engine: engineOf(inputs), version });
      checkTransitChange(before, settings);
      const outputs = settled({ ...settings, parameterGroupName: inputs["parameterGroupName"] ?? "" }, resource.id, cloud, version, before);
      // AWS ignores preferred zones when it adds nodes, so only the group's own zones count
      return { outputs, internal: { zones: zonesOfNodes({ ...settings, preferredCacheClusterAzs: [] }, cloud) } };
    },
    volatile: (olds, news) => [
      ...(olds["numCacheClusters"] === news["numCacheClusters"] ? [] : ["memberClusters"]),
      ...(olds["engineVersion"] === news["engineVersion"] && olds["engine"] === news["engine"] ? [] : ["engineVersionActual"]),
      ...(olds["transitEncryptionEnabled"] === news["transitEncryptionEnabled"] ? [] : ["primaryEndpointAddress", "readerEndpointAddress"]),
    ],
    delete: (resource, cloud) => {
      const name = textAt(resource.properties, "finalSnapshotIdentifier");
      if (name !== undefined) keepSnapshot(resource, cloud, "cache", name);
    },
  },
  "tagged",
);

// The real provider refuses these when it plans.
function failoverFaults(inputs: Properties): Failure[] {
  const failover = inputs["automaticFailoverEnabled"];
  if (inputs["multiAzEnabled"] === true && failover === false)
    return [{ property: "automaticFailoverEnabled", reason: "automaticFailoverEnabled must be true if multiAzEnabled is true" }];
  const nodes = integerAt(inputs, "numCacheClusters");
  if (failover === true && (inputs["numCacheClusters"] === undefined || (nodes !== undefined && nodes < 2)))
    return [{ property: "numCacheClusters", reason: "numCacheClusters must be at least 2 if automaticFailoverEnabled is true" }];
  return inputs["authTokenUpdateStrategy"] === "DELETE" && inputs["authToken"] !== undefined
    ? [{ property: "authToken", reason: "authToken must be left out when its update strategy is DELETE" }]
    : [];
}

// What the settings come to, and what AWS refuses of them.
function settled(settings: Properties, id: string, cloud: Cloud, version: string, before: Properties): Properties {
  const engine = engineOf(settings);
  const nodeType = textAt(settings, "nodeType");
  if (nodeType === undefined) throw new Refusal("InvalidParameterValue", "The parameter CacheNodeType must be provided.");
  checkNodeType(nodeType);
  const encrypted = isOn(settings, "transitEncryptionEnabled");
  checkEncryption(settings, encrypted);
  const { vpcId } = placeOf(settings, cloud);
  const wantedParameters = textAt(settings, "parameterGroupName");
  const nodes = integerAt(settings, "numCacheClusters") ?? 1;
  return {
    ...windowsOf(settings),
    ...endpointsOf(id, cloud.region, encrypted),
    applyImmediately: isOn(settings, "applyImmediately"),
    engineVersion: version,
    engineVersionActual: `${version}.0`,
    memberClusters: Array.from({ length: nodes }, (_, at) => `${id}-${String(at + 1).padStart(3, "0")}`),
    parameterGroupName: fittingCacheGroup(cloud, wantedParameters === "" ? undefined : wantedParameters, textAt(before, "parameterGroupName"), engine, version),
    securityGroupIds: securityGroupsIn(
      cloud,
      textsAt(settings, "securityGroupIds"),
      vpcId,
      (group) => new Refusal("InvalidParameterValue", `The security group ${group} does not belong to the VPC of the subnet group: ${vpcId}`),
    ),
    subnetGroupName: mustText(settings, "subnetGroupName"),
    transitEncryptionMode: encrypted ? (textAt(settings, "transitEncryptionMode") ?? "required") : "",
  };
}

function windowsOf(settings: Properties): Properties {
  const week = textAt(settings, "maintenanceWindow");
  const snapshotWindow = textAt(settings, "snapshotWindow") ?? freeWindow(SNAPSHOTS, (choice) => windowsOverlap(choice, week ?? ""));
  const maintenanceWindow = week ?? freeWindow(MAINTENANCE, (choice) => windowsOverlap(snapshotWindow, choice));
  if (windowsOverlap(snapshotWindow, maintenanceWindow))
    throw new Refusal("InvalidParameterValue", "The snapshot window and maintenance window must not overlap.");
  return { snapshotWindow, maintenanceWindow };
}

function placeOf(settings: Properties, cloud: Cloud): { vpcId: string; zones: string[] } {
  const name = textAt(settings, "subnetGroupName") ?? "default";
  const group = cloud.get(types.CACHE_SUBNET_GROUP, name);
  if (group === undefined) throw new Refusal("CacheSubnetGroupNotFoundFault", `Cache subnet group ${name} not found (there is no default VPC).`);
  return spanOf(cloud, textsAt(group.properties, "subnetIds"));
}

// The zones that the nodes are in: the preferred ones, or one after the other.
function zonesOfNodes(settings: Properties, cloud: Cloud): string[] {
  const nodes = integerAt(settings, "numCacheClusters") ?? 1;
  const preferred = textsAt(settings, "preferredCacheClusterAzs");
  const { zones } = placeOf(settings, cloud);
  if (preferred.length > 0 && preferred.length !== nodes)
    throw new Refusal(
      "InvalidParameterCombination",
      `The number of preferred availability zones (${String(preferred.length)}) must match the number of cache clusters (${String(nodes)}).`,
    );
  const stray = preferred.find((zone) => !zones.includes(zone));
  if (stray !== undefined)
    throw new Refusal("InvalidParameterValue", `The availability zone ${stray} is not one of the cache subnet group's: ${zones.join(", ")}`);
  const used = [...new Set(preferred.length > 0 ? preferred : zones.slice(0, nodes))];
  if (isOn(settings, "multiAzEnabled") && used.length < 2)
    throw new Refusal("InvalidParameterCombination", `Multi-AZ needs nodes in at least two availability zones; these are in ${used.join(", ")} only.`);
  return used;
}
