import { z } from "zod";
import { mustBe } from "../../mustBe";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

const parameterList = z.array(z.looseObject({ name: z.string(), value: z.string() }));
/** Which property of a database names the parameter group that has `rds.force_ssl`, and the group's type. */
const databases: Record<string, { property: string; group: string }> = {
  "aws:rds/instance:Instance": { property: "parameterGroupName", group: "aws:rds/parameterGroup:ParameterGroup" },
  "aws:rds/cluster:Cluster": { property: "dbClusterParameterGroupName", group: "aws:rds/clusterParameterGroup:ClusterParameterGroup" },
};

export const dataTrafficEncrypted = rule({
  name: "data-traffic-encrypted",
  group: "security",
  description: "managed PostgreSQL and Redis refuse whoever does not speak TLS",
  why: "The application itself speaks none; if its data proxy were bypassed or set up wrong, passwords and payments would go in clear unnoticed.",
  judge: (stack) => [
    ...Object.keys(databases).flatMap((type) => stack.ofType(type).flatMap((database) => judgeDatabase(stack, database))),
    ...stack.ofType("aws:elasticache/replicationGroup:ReplicationGroup").flatMap(judgeRedis),
  ],
});

function judgeDatabase(stack: Stack, database: Item): Violation[] {
  const place = databases[database.type];
  // MySQL and others have another name for it, and no database of the bundler's is one.
  if (place === undefined || (!database.text("engine").endsWith("postgres") && !database.text("engine").endsWith("postgresql"))) return [];
  const [group] = stack.referred(database, place.property, place.group);
  const found = group === undefined ? undefined : parameterList.parse(group.list("parameters")).find(({ name }) => name === "rds.force_ssl")?.value;
  if (found === "1") return [];
  return [
    {
      urn: (group ?? database).urn,
      promised: "rds.force_ssl 1",
      found: group === undefined ? `${place.property} names no parameter group of the stack` : `rds.force_ssl ${found ?? "not set"}`,
      fix: "set rds.force_ssl to 1 in its parameter group",
    },
  ];
}

/** A new group with TLS has mode `required`; `preferred` is for moving an old one (ElastiCache user guide, "Enabling in-transit encryption"). */
function judgeRedis(redis: Item): Violation[] {
  const path = "transitEncryptionMode";
  return [...mustBe(redis, "transitEncryptionEnabled", true), ...(redis.knows(path) && redis.has(path) ? mustBe(redis, path, "required") : [])];
}
