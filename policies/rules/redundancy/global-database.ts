import { ownPair } from "../../pair";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";
import { levelOf } from "../../verdict";

export const globalDatabase = rule({
  name: "global-database",
  group: "redundancy",
  description: "a level 3 with managed services has a database cluster in each region, and both are members of one global database that starts from the first",
  why: "Without it the second region has no data to take over with, whatever else stands there.",
  judge: (stack) => {
    if (levelOf(stack) < 3 || ownPair(stack) !== null) return [];
    const [global, ...more] = stack.ofType("aws:rds/globalCluster:GlobalCluster");
    if (global === undefined || more.length > 0)
      return [
        { urn: null, promised: "one global database", found: String(global === undefined ? 0 : more.length + 1), fix: "deploy the database's component whole" },
      ];
    return stack.regions.flatMap((region) => judgeRegion(stack, global, region));
  },
});

function judgeRegion(stack: Stack, global: Item, region: Region): Violation[] {
  const { blueprint, platform } = region;
  const clusters = region.ofType("aws:rds/cluster:Cluster");
  if (clusters.length === 0)
    return [
      { urn: platform.urn, promised: `a database cluster in ${blueprint.region}`, found: "none", fix: "deploy the platform whole: Aurora in both regions" },
    ];
  return clusters
    .filter((cluster) => !isMember(stack, global, cluster))
    .map(({ urn }) => ({
      urn,
      promised: `a member of the global database ${global.name}`,
      found: "neither its source nor a cluster that refers to it",
      fix: blueprint.site === "primary" ? "make it the global database's sourceDbClusterIdentifier" : "set globalClusterIdentifier to the global database's",
    }));
}

/** The global database is made from its first cluster, and the others refer to it. */
function isMember(stack: Stack, global: Item, cluster: Item): boolean {
  return (
    (stack.referred(global, "sourceDbClusterIdentifier", cluster.type).includes(cluster) && agree(global, "sourceDbClusterIdentifier", cluster, "arn")) ||
    (stack.referred(cluster, "globalClusterIdentifier", global.type).includes(global) &&
      agree(cluster, "globalClusterIdentifier", global, "globalClusterIdentifier"))
  );
}

/** Whether a property that comes from another resource is what that one has, as far as both are known. */
function agree(one: Item, property: string, other: Item, origin: string): boolean {
  return !one.knows(property) || !other.knows(origin) || one.at(property) === other.at(origin);
}
