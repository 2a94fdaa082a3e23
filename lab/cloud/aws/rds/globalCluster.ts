import { flag, oneOf, text } from "../../model";
import { isOn, mustText, textAt, type Properties } from "../../properties";
import type { Resource } from "../../record";
import { ACCOUNT, type Cloud } from "../cloud";
import { Refusal } from "../fault";
import { awsModel } from "../model";
import * as types from "../types";
import { clusterByArn, globalById, globalOf, membersOf, upgradeMembers } from "./membership";
import { resourceId } from "./monitoring";
import { checkCredentials, isIdentifier } from "./names";
import { cluster } from "./references";
import { resolveVersion, upgradedVersion } from "./versions";

const ENGINE = "aurora-postgresql";

/** An Aurora database in several regions: empty at first, or around a cluster that exists. */
export const globalCluster = awsModel(
  {
    type: types.GLOBAL_CLUSTER,
    noun: "RDS Global Cluster",
    api: "RDS",
    calls: { create: "CreateGlobalCluster", update: "ModifyGlobalCluster", delete: "DeleteGlobalCluster" },
    scope: "region",
    inputs: {
      databaseName: text({ computed: true, replaces: true }),
      deletionProtection: flag(),
      engine: text({ computed: true, replaces: true, rule: oneOf(ENGINE) }),
      engineVersion: text({ computed: true }),
      forceDestroy: flag(),
      globalClusterIdentifier: text({ required: true, replaces: true, rule: isIdentifier }),
      sourceDbClusterIdentifier: text({
        computed: true,
        replaces: true,
        refers: { ...cluster(), to: [{ type: types.DB_CLUSTER, by: "arn" }], whenTargetGoes: "nothing" },
      }),
      storageEncrypted: flag({ computed: true, replaces: true }),
    },
    outputs: ["arn", "endpoint", "engineVersionActual", "globalClusterMembers", "globalClusterResourceId"],
    rule: (inputs) => {
      const source = inputs["sourceDbClusterIdentifier"] !== undefined;
      if (source && inputs["engine"] !== undefined) return [{ property: "engine", reason: "engine conflicts with sourceDbClusterIdentifier" }];
      return source && inputs["forceDestroy"] === undefined
        ? [{ property: "forceDestroy", reason: "forceDestroy must be given with sourceDbClusterIdentifier" }]
        : [];
    },
    create: ({ inputs, cloud }) => {
      const id = mustText(inputs, "globalClusterIdentifier");
      if (globalById(cloud, id) !== undefined) throw new Refusal("GlobalClusterAlreadyExistsFault", `Global cluster ${id} already exists`);
      checkCredentials(inputs, { username: "", password: "", database: "databaseName" });
      const resource = resourceId("cluster-global");
      return {
        id,
        outputs: {
          ...beginnings(inputs, cloud),
          arn: `arn:aws:rds::${ACCOUNT}:global-cluster:${id}`,
          endpoint: `${id}.global-c9akciq32rgk.global.rds.amazonaws.com`,
          globalClusterResourceId: resource,
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const running = mustText(resource.properties, "engineVersionActual");
      const version = upgradedVersion(ENGINE, running, textAt(inputs, "engineVersion"), true);
      if (version !== running) for (const member of clustersOf(cloud, resource)) upgradeMembers(cloud, member, version, "cluster and instances");
      return { outputs: { engineVersionActual: version } };
    },
    volatile: (olds, news) => (olds["engineVersion"] === news["engineVersion"] ? [] : ["engineVersionActual"]),
    delete: (resource) => {
      if (isOn(resource.properties, "deletionProtection"))
        throw new Refusal("InvalidParameterCombination", "Cannot delete protected Global Cluster, please disable deletion protection and try again.");
      if (membersOf(resource).length > 0 && !isOn(resource.properties, "forceDestroy"))
        throw new Refusal("InvalidGlobalClusterStateFault", `Global Cluster ${resource.id} is not empty`);
    },
  },
  "tagged",
);

// What the global cluster takes over from its source, or begins with when it is empty.
function beginnings(inputs: Properties, cloud: Cloud): Properties {
  const source = sourceOf(inputs, cloud)?.properties;
  if (source === undefined) {
    if (inputs["engine"] === undefined) throw new Refusal("InvalidParameterValue", "The parameter Engine must be provided for an empty global cluster");
    const version = resolveVersion(ENGINE, textAt(inputs, "engineVersion"));
    return {
      databaseName: textAt(inputs, "databaseName") ?? "",
      engineVersion: textAt(inputs, "engineVersion") ?? version,
      engineVersionActual: version,
      globalClusterMembers: [],
      sourceDbClusterIdentifier: "",
      storageEncrypted: isOn(inputs, "storageEncrypted"),
    };
  }
  for (const key of ["databaseName", "engineVersion", "storageEncrypted"])
    if (inputs[key] !== undefined) throw new Refusal("InvalidParameterCombination", `The parameter ${key} cannot be given with a source cluster`);
  const version = mustText(source, "engineVersionActual");
  return {
    databaseName: textAt(source, "databaseName") ?? "",
    engine: ENGINE,
    engineVersion: version,
    engineVersionActual: version,
    globalClusterMembers: [{ dbClusterArn: mustText(source, "arn"), isWriter: true }],
    storageEncrypted: isOn(source, "storageEncrypted"),
  };
}

function sourceOf(inputs: Properties, cloud: Cloud): Resource | undefined {
  const source = clusterByArn(cloud, textAt(inputs, "sourceDbClusterIdentifier"));
  if (source === undefined) return undefined;
  if (source.properties["engine"] !== ENGINE) throw new Refusal("InvalidParameterValue", "A Multi-AZ DB cluster cannot be the source of a global cluster");
  const joined = globalOf(cloud, mustText(source.properties, "arn"));
  if (joined !== undefined) throw new Refusal("InvalidDBClusterStateFault", `The cluster ${source.id} is already a member of the global cluster ${joined.id}`);
  return source;
}

function clustersOf(cloud: Cloud, global: Resource): Resource[] {
  return membersOf(global).flatMap((member) => clusterByArn(cloud, mustText(member, "dbClusterArn")) ?? []);
}
