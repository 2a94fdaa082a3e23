import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { counted, zonesOf } from "../../stack/placement";
import type { Region, Stack } from "../../stack/stack";

const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";

export const redisFailsOver = rule({
  name: "redis-fails-over",
  group: "redundancy",
  description: "every ElastiCache of Redis or Valkey has a replica in another zone, which takes over by itself",
  why: "Uploads wait for the queues: without an automatic failover they wait until somebody is awake.",
  limits: { replicas: { what: "replicas of each primary", stricter: "higher", of: () => 1 } },
  judge: (stack, { replicas }) => [
    ...stack.regions.filter(({ blueprint }) => blueprint.hosting === "managed").flatMap(missing),
    ...stack.ofType(groupType).flatMap((group) => judgeGroup(stack, group, replicas)),
    ...stack
      .ofType("aws:elasticache/cluster:Cluster")
      .filter((cluster) => !inAGroup(cluster) && cluster.text("engine") !== "memcached")
      .map((cluster) => violation(cluster, "a replica that takes over", "a cluster of its own has none", "make it a replication group")),
  ],
});

function missing(region: Region): Violation[] {
  const [promised, found] = [region.platform.list("blueprint.redis.instances").length, region.ofType(groupType).length];
  if (found >= promised) return [];
  return [violation(region.platform, `${String(promised)} replication groups, for cache and queues`, String(found), "deploy the component of Redis whole")];
}

/** A node of a group names it; of one that does not, AWS says later that it has none. */
function inAGroup(cluster: Item): boolean {
  const path = "replicationGroupId";
  return cluster.references(path).length > 0 || (cluster.knows(path) && cluster.has(path) && cluster.text(path) !== "");
}

function judgeGroup(stack: Stack, group: Item, least: number): Violation[] {
  const found = (["automaticFailoverEnabled", "multiAzEnabled"] as const)
    .filter((what) => !group.flag(what))
    .map((what) => violation(group, `${what} true`, "false", `set ${what} to true`));
  const replicas = replicasOf(group);
  if (replicas < least)
    return [...found, violation(group, `at least ${String(least)} replicas of its primary`, String(replicas), "raise redisReplicas, or numCacheClusters")];
  const zones = zonesOfGroup(stack, group);
  return zones.length >= 2 ? found : [...found, violation(group, "nodes in at least 2 zones", counted(zones), "name another zone in preferredCacheClusterAzs")];
}

function replicasOf(group: Item): number {
  return group.has("numCacheClusters") && group.knows("numCacheClusters") ? group.number("numCacheClusters") - 1 : group.number("replicasPerNodeGroup");
}

/** Zones by name where they are given, and otherwise those of its subnets, over which ElastiCache spreads a Multi-AZ group. */
function zonesOfGroup(stack: Stack, group: Item): string[] {
  const given = "preferredCacheClusterAzs";
  if (group.has(given)) return [...new Set(group.list(given).map((_, index) => group.text(`${given}.${String(index)}`)))].sort();
  return stack.referred(group, "subnetGroupName", "aws:elasticache/subnetGroup:SubnetGroup").flatMap((subnets) => zonesOf(stack, subnets, "subnetIds"));
}

function violation({ urn }: Item, promised: string, found: string, fix: string): Violation {
  return { urn, promised, found, fix };
}
