import { matching, object, set, text, type Reference } from "../../model";
import { mustText, objectsAt, textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { awsModel } from "../model";
import { checkRegrouping, groupedSubnet, spanOf } from "../subnetGroups";
import * as types from "../types";
import { cacheFamilies, cacheFamily, type CacheEngine } from "./offers";

const API = "ElastiCache";
const DESCRIPTION = "Managed by Pulumi";

/** Subnets for caches. One zone is enough, until a replication group wants more. */
export const cacheSubnetGroup = awsModel(
  {
    type: types.CACHE_SUBNET_GROUP,
    noun: "ElastiCache Subnet Group",
    api: API,
    calls: { create: "CreateCacheSubnetGroup", update: "ModifyCacheSubnetGroup", delete: "DeleteCacheSubnetGroup" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({
        replaces: true,
        rule: matching(/^(?!default$)[a-z0-9-]{1,255}$/, "expected 1 to 255 lower-case letters, digits and hyphens, not default"),
      }),
      description: text({ default: DESCRIPTION }),
      subnetIds: set(text({ refers: groupedSubnet() }), { required: true }),
    },
    outputs: ["arn", "vpcId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(types.CACHE_SUBNET_GROUP, name) !== undefined)
        throw new Refusal("CacheSubnetGroupAlreadyExists", `Cache subnet group ${name} already exists.`);
      return { id: name, outputs: { arn: cloud.arn("elasticache", `subnetgroup:${name}`), vpcId: spanOf(cloud, textsAt(inputs, "subnetIds")).vpcId } };
    },
    update: ({ inputs, cloud, resource }) => {
      const used = cloud.all(types.REPLICATION_GROUP).filter((group) => group.properties["subnetGroupName"] === resource.id);
      const zones = used.flatMap((group) => textsAt(group.internal, "zones"));
      checkRegrouping(cloud, resource.properties, inputs, zones, "SubnetInUse");
      return { outputs: {} };
    },
  },
  "tagged",
);

/** Parameters of caches. */
export const cacheParameterGroup = awsModel(
  {
    type: types.CACHE_PARAMETER_GROUP,
    noun: "ElastiCache Parameter Group",
    api: API,
    calls: { create: "CreateCacheParameterGroup", update: "ModifyCacheParameterGroup", delete: "DeleteCacheParameterGroup" },
    scope: "region",
    naming: { property: "name", longest: 255, clean: (name) => name.toLowerCase() },
    inputs: {
      name: text({
        replaces: true,
        rule: matching(/^[a-z](-?[a-z0-9]){0,254}$/, "expected 1 to 255 lower-case letters, digits and single inner hyphens, beginning with a letter"),
      }),
      description: text({ default: DESCRIPTION, replaces: true }),
      family: text({ required: true, replaces: true }),
      parameters: set(object({ name: text({ required: true }), value: text({ required: true }) })),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(types.CACHE_PARAMETER_GROUP, name) !== undefined)
        throw new Refusal("CacheParameterGroupAlreadyExists", `A parameter group with the name ${name} already exists.`);
      const family = mustText(inputs, "family");
      if (!cacheFamilies().includes(family))
        throw new Refusal("InvalidParameterValue", `CacheParameterGroupFamily ${family} is not a valid parameter group family.`);
      checkParameters(inputs);
      return { id: name, outputs: { arn: cloud.arn("elasticache", `parametergroup:${name}`) } };
    },
    update: ({ inputs }) => {
      checkParameters(inputs);
      return { outputs: {} };
    },
  },
  "tagged",
);

function checkParameters(inputs: Properties): void {
  const names = objectsAt(inputs, "parameters").map((one) => mustText(one, "name"));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Refusal("InvalidParameterValue", `The parameter ${twice} is given twice`);
  if (names.includes("cluster-enabled")) throw new Error("the embedded cloud does not model cluster mode: cluster-enabled");
}

/** A cache subnet group by name. */
export const cacheSubnets = (): Reference => ({
  to: [{ type: types.CACHE_SUBNET_GROUP, by: "name" }],
  code: "CacheSubnetGroupNotFoundFault",
  message: (name) => `Cache subnet group ${name} not found.`,
  whenTargetGoes: { code: "CacheSubnetGroupInUse", message: (name) => `Cache subnet group ${name} is currently in use by a cache cluster.` },
});

/** A cache parameter group by name, or one of AWS's default groups for cluster mode disabled. */
export const cacheParameters = (): Reference => ({
  to: [{ type: types.CACHE_PARAMETER_GROUP, by: "name" }],
  code: "CacheParameterGroupNotFound",
  message: (name) => `CacheParameterGroup ${name} not found.`,
  accepts: (name) => cacheFamilies().some((family) => name === `default.${family}`),
  whenTargetGoes: {
    code: "InvalidCacheParameterGroupState",
    message: (name) => `One or more cache clusters are still members of this parameter group ${name}, so the group cannot be deleted.`,
  },
});

/** Name of the parameter group of a cache: the given one, whose family must fit, the one before, or the default one. */
export function fittingCacheGroup(cloud: Cloud, given: string | undefined, before: string | undefined, engine: CacheEngine, version: string): string {
  const needed = cacheFamily(engine, version);
  const name = given ?? (before?.startsWith("default.") === true ? undefined : before) ?? `default.${needed}`;
  const family = textAt(cloud.get(types.CACHE_PARAMETER_GROUP, name)?.properties, "family") ?? name.replace(/^default\./, "");
  if (family === needed) return name;
  throw new Refusal("InvalidParameterCombination", `Expected a parameter group of family ${needed} but found one of family ${family}`);
}
