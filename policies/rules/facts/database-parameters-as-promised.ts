import { z } from "zod";
import type { ManagedDatabase } from "../../../blueprint/types";
import { differences } from "../../comparison";
import { rule } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

const parametersSchema = z.array(z.object({ name: z.string(), value: z.string() }));

export const databaseParametersAsPromised = rule({
  name: "database-parameters-as-promised",
  group: "facts",
  description: "every parameter of the blueprint's managed database, its connections and its TLS among them, has that value wherever the database runs",
  why: "The pools of all hosts add up to the connections that the blueprint says; a server that takes fewer refuses some just when all come back after a failover.",
  judge: (stack) =>
    stack.regions
      .flatMap((region) => {
        const { blueprint } = region;
        if (blueprint.hosting !== "managed") return [];
        const databases = [blueprint.database, ...(blueprint.former === null ? [] : [blueprint.former.database])];
        return databases.flatMap((database) =>
          servers(stack, region, database).map(({ item, values }) => ({
            item,
            facts: Object.entries(database.parameters).map(([name, value]) => [name, value, values.get(name) ?? "AWS's default"] as const),
          })),
        );
      })
      .flatMap(({ item, facts }) => differences(item, item.name, facts)),
});

/** What runs PostgreSQL, and the parameters that it takes: those of its own group, and of its cluster's. */
function servers(stack: Stack, region: Region, { kind, identifier }: ManagedDatabase): { item: Item; values: Map<string, string> }[] {
  if (kind === "rdsInstance")
    return region
      .ofType("aws:rds/instance:Instance")
      .filter((item) => item.text("identifier") === identifier)
      .map((item) => ({ item, values: valuesOf(stack, item, "parameterGroupName") }));
  const clusters = region.ofType("aws:rds/cluster:Cluster").filter((item) => item.text("clusterIdentifier") === identifier);
  const ofClusters = clusters.map((item) => ({ item, values: valuesOf(stack, item, "dbClusterParameterGroupName") }));
  if (kind === "rdsCluster") return ofClusters;
  return ofClusters.flatMap((cluster) =>
    region
      .ofType("aws:rds/clusterInstance:ClusterInstance")
      .filter((item) => item.references("clusterIdentifier").includes(cluster.item.urn))
      .map((item) => ({ item, values: new Map([...cluster.values, ...valuesOf(stack, item, "dbParameterGroupName")]) })),
  );
}

function valuesOf(stack: Stack, item: Item, property: string): Map<string, string> {
  const groups = stack.referred(item, property, "aws:rds/parameterGroup:ParameterGroup");
  const ofClusters = stack.referred(item, property, "aws:rds/clusterParameterGroup:ClusterParameterGroup");
  return new Map([...groups, ...ofClusters].flatMap((group) => parametersSchema.parse(group.list("parameters")).map(({ name, value }) => [name, value])));
}
