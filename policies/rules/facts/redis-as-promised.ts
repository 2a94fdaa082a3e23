import type { ManagedRedis, ManagedRedisInstance } from "../../../blueprint/types";
import { differences, paired } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { places, placesOf } from "../../stack/placement";
import { securityGroups } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

export const redisAsPromised = rule({
  name: "redis-as-promised",
  group: "facts",
  description:
    "cache and queues are each one replication group of the blueprint's engine, version, node type and port, with its nodes over its zones, and there is no other",
  why: "A lost node is counted against the nodes and zones of the blueprint, and the data proxies reach the port that it names.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      const redis = blueprint.hosting === "managed" ? blueprint.redis : null;
      const { pairs, violations } = paired(
        region,
        "Redis",
        redis?.instances ?? [],
        ({ name }) => `${blueprint.names.prefix}-${name}`,
        region.ofType("aws:elasticache/replicationGroup:ReplicationGroup"),
        (item) => item.text("replicationGroupId"),
      );
      return [...violations, ...(redis === null ? [] : pairs.flatMap(({ promised, item }) => judgeGroup(stack, region, redis, promised, item)))];
    }),
});

function judgeGroup(stack: Stack, region: Region, redis: ManagedRedis, instance: ManagedRedisInstance, item: Item): Violation[] {
  const { names, network } = region.blueprint;
  const [subnets] = stack.referred(item, "subnetGroupName", "aws:elasticache/subnetGroup:SubnetGroup");
  const zones = network.zones.map(({ name }) => name);
  return differences(item, instance.name, [
    ["engine", redis.engine, item.text("engine")],
    ["version", redis.version, item.text("engineVersion")],
    ["node type", instance.nodeType, item.text("nodeType")],
    ["port", instance.port, item.number("port")],
    ["nodes", instance.nodes, item.number("numCacheClusters")],
    ["nodes in", Array.from({ length: instance.nodes }, (_, index) => zones[index % zones.length]), item.list("preferredCacheClusterAzs")],
    ["subnets", placesOf(region, "data"), subnets === undefined ? "none of the stack's" : places(stack, subnets, "subnetIds")],
    ["security group", [`${names.prefix}-redis`], securityGroups(stack, item, "securityGroupIds")],
  ]);
}
