import { rule } from "../../rule";
import type { Item } from "../../stack/item";
import { levelOf } from "../../verdict";

/** Where each type of resource says what machine it is. */
const classes: Readonly<Record<string, string>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": "instanceType",
  "aws:ec2/instance:Instance": "instanceType",
  "aws:rds/instance:Instance": "instanceClass",
  "aws:rds/clusterInstance:ClusterInstance": "instanceClass",
  "aws:rds/cluster:Cluster": "dbClusterInstanceClass",
  "aws:elasticache/replicationGroup:ReplicationGroup": "nodeType",
  "aws:elasticache/cluster:Cluster": "nodeType",
};
/** Families whose cores are lent for credits: t2, t3, t3a, t4g, of EC2, of RDS and of ElastiCache. */
const burst = /^(db\.|cache\.)?t\d[a-z]*\./;

export const steadyInstanceClasses = rule({
  name: "steady-instance-classes",
  group: "redundancy",
  description: "above level 1 no machine is of a class that lends its cores for credits",
  why: "A machine that has used up its credits fails slowly: every check calls it well, and its clients wait.",
  judge: (stack) => {
    const level = levelOf(stack);
    if (level === 1) return [];
    const paths: [Item, string][] = [
      ...stack
        .ofType(...Object.keys(classes))
        .filter((item) => !saidElsewhere(item))
        .map((item): [Item, string] => [item, classes[item.type] ?? ""]),
      ...stack.ofType("aws:autoscaling/group:Group").flatMap((group) => overrides(group).map((path): [Item, string] => [group, path])),
    ];
    return paths
      .map(([item, path]) => ({ item, found: item.text(path) }))
      .filter(({ found }) => burst.test(found))
      .map(({ item, found }) => ({
        urn: item.urn,
        promised: `at level ${String(level)} a class without CPU credits`,
        found,
        fix: "use its size of a steady family: m7i, c7i, db.r7g, cache.m7g",
      }));
  },
});

/** An instance's type is its template's until it is there, and a cluster of Aurora has its instances'. */
function saidElsewhere(item: Item): boolean {
  if (item.type === "aws:ec2/instance:Instance") return item.references("launchTemplate").length > 0 && !item.knows("instanceType");
  return item.type === "aws:rds/cluster:Cluster" && item.text("engine").startsWith("aurora");
}

/** Types that a group prefers to its template's. */
function overrides(group: Item): string[] {
  const list = "mixedInstancesPolicy.launchTemplate.overrides";
  return group.has(list) ? group.list(list).map((_, index) => `${list}.${String(index)}.instanceType`) : [];
}
