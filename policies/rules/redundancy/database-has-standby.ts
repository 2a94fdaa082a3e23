import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { counted, zonesOf } from "../../stack/placement";
import type { Stack } from "../../stack/stack";

const databaseTypes = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];

export const databaseHasStandby = rule({
  name: "database-has-standby",
  group: "redundancy",
  description: "every managed database has a standby in another zone: a Multi-AZ instance, a cluster of three, or two instances of Aurora",
  why: "A database of one machine is away for as long as it takes to make another, and with its zone for as long as the zone is.",
  limits: { auroraInstances: { what: "instances of an Aurora cluster", stricter: "higher", of: () => 2 } },
  judge: (stack, { auroraInstances }) => [
    ...stack.regions
      .filter((region) => region.blueprint.hosting === "managed" && region.ofType(...databaseTypes).length === 0)
      .map(({ platform }) => violation(platform, "a managed database", "none", "deploy the database's component whole")),
    ...stack.ofType(...databaseTypes).flatMap((item) => {
      if (item.type === "aws:rds/instance:Instance") return judgeInstance(stack, item);
      return item.text("engine").startsWith("aurora") ? judgeAurora(stack, item, auroraInstances) : placed(stack, item, 3);
    }),
  ],
});

function judgeInstance(stack: Stack, instance: Item): Violation[] {
  // A read replica is not what the promise rests on.
  if (instance.has("replicateSourceDb") && instance.text("replicateSourceDb") !== "") return [];
  if (!instance.flag("multiAz")) return [violation(instance, "a standby in another zone", "multiAz false", "set multiAz to true")];
  return placed(stack, instance, 2);
}

function judgeAurora(stack: Stack, cluster: Item, least: number): Violation[] {
  const instances = stack.ofType("aws:rds/clusterInstance:ClusterInstance").filter((one) => one.references("clusterIdentifier").includes(cluster.urn));
  if (instances.length < least)
    return [violation(cluster, `at least ${String(least)} instances`, String(instances.length), "add an instance in each further zone")];
  const zones = [...new Set(instances.map((instance) => instance.text("availabilityZone")))].sort();
  if (zones.length < 2) return [violation(cluster, "instances in at least 2 zones", counted(zones), "place another instance in another zone")];
  return placed(stack, cluster, 2);
}

/** Whether AWS has zones to place it in: three machines of a cluster stand in three. */
function placed(stack: Stack, item: Item, least: number): Violation[] {
  const groups = stack.referred(item, "dbSubnetGroupName", "aws:rds/subnetGroup:SubnetGroup");
  if (groups.length === 0) return [violation(item, "a subnet group of the stack's", "none", "set dbSubnetGroupName, or nobody knows its zones")];
  return groups.flatMap((group) => {
    const zones = zonesOf(stack, group, "subnetIds");
    if (zones.length >= least) return [];
    return [violation(group, `subnets in at least ${String(least)} zones`, counted(zones), "add a data subnet of each further zone")];
  });
}

function violation({ urn }: Item, promised: string, found: string, fix: string): Violation {
  return { urn, promised, found, fix };
}
