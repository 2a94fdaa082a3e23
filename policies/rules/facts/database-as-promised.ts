import type { ManagedDatabase } from "../../../blueprint/types";
import { differences, paired, type Fact } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { places, placesOf } from "../../stack/placement";
import { securityGroups } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

const instanceType = "aws:rds/instance:Instance";
const clusterType = "aws:rds/cluster:Cluster";

export const databaseAsPromised = rule({
  name: "database-as-promised",
  group: "facts",
  description:
    "the managed database is of the blueprint's kind, engine, version and class, with its members, each in its zone, where its hosts reach it, and there is no other",
  why: "How long a lost writer takes is what AWS says of that kind and class, and who takes over is a member in another zone.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const databases = databasesOf(region);
      const kindOf = (kinds: readonly ManagedDatabase["kind"][]): ManagedDatabase[] => databases.filter(({ kind }) => kinds.includes(kind));
      const instances = paired(region, "RDS instance", kindOf(["rdsInstance"]), identifierOf, region.ofType(instanceType), (item) => item.text("identifier"));
      const clusters = paired(region, "database cluster", kindOf(["rdsCluster", "aurora"]), identifierOf, region.ofType(clusterType), (item) =>
        item.text("clusterIdentifier"),
      );
      return [
        ...instances.violations,
        ...clusters.violations,
        ...instances.pairs.flatMap(({ promised, item }) =>
          differences(item, promised.identifier, [
            ...common(stack, region, promised, item),
            ["class", promised.instanceClass, item.text("instanceClass")],
            ["GiB", promised.storageGib, item.number("allocatedStorage")],
          ]),
        ),
        ...clusters.pairs.flatMap(({ promised, item }) => judgeCluster(stack, region, promised, item)),
      ];
    }),
});

function databasesOf({ blueprint }: Region): ManagedDatabase[] {
  if (blueprint.hosting !== "managed") return [];
  return [blueprint.database, ...(blueprint.former === null ? [] : [blueprint.former.database])];
}

function identifierOf({ identifier }: ManagedDatabase): string {
  return identifier;
}

function common(stack: Stack, region: Region, database: ManagedDatabase, item: Item): Fact[] {
  const [subnets] = stack.referred(item, "dbSubnetGroupName", "aws:rds/subnetGroup:SubnetGroup");
  return [
    ["engine", database.engine, item.text("engine")],
    ["version", database.version, item.text("engineVersion")],
    ["port", database.port, item.number("port")],
    ["subnets", placesOf(region, "data"), subnets === undefined ? "none of the stack's" : places(stack, subnets, "subnetIds")],
    ["security group", [`${region.blueprint.names.prefix}-database`], securityGroups(stack, item, "vpcSecurityGroupIds")],
  ];
}

function judgeCluster(stack: Stack, region: Region, database: ManagedDatabase, cluster: Item): Violation[] {
  const facts = common(stack, region, database, cluster);
  if (database.kind === "rdsCluster")
    return differences(cluster, database.identifier, [
      ...facts,
      ["class", database.instanceClass, cluster.text("dbClusterInstanceClass")],
      ["GiB", database.storageGib, cluster.number("allocatedStorage")],
    ]);
  const members = paired(
    region,
    `member of ${database.identifier}`,
    database.members,
    ({ name }) => `${database.identifier}-${name}`,
    region.ofType("aws:rds/clusterInstance:ClusterInstance"),
    (item) => item.text("identifier"),
  );
  return [
    ...differences(cluster, database.identifier, facts),
    ...members.violations,
    ...members.pairs.flatMap(({ promised, item }) =>
      differences(item, promised.name, [
        ["cluster", [database.identifier], stack.referred(item, "clusterIdentifier", clusterType).map((one) => one.text("clusterIdentifier"))],
        ["zone", promised.zone, item.text("availabilityZone")],
        ["class", database.instanceClass, item.text("instanceClass")],
        ["version", database.version, item.text("engineVersion")],
        // Lower ones take over first.
        ["promotion tier", database.members.indexOf(promised), item.number("promotionTier")],
      ]),
    ),
  ];
}
