import { z } from "zod";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region } from "../../stack/stack";

/**
 * The only values under which PostgreSQL answers a commit when it is on disk here and on its synchronous standby. Each is
 * PostgreSQL's own default (documentation, "Write Ahead Log"), so a group that does not name one has it.
 */
const safe: Record<string, readonly string[]> = {
  synchronous_commit: ["on", "remote_apply", "true", "1"],
  fsync: ["on", "true", "1"],
  full_page_writes: ["on", "true", "1"],
};
const parameterList = z.array(z.object({ name: z.string(), value: z.unknown() }));

export const commitsAreKept = rule({
  name: "commits-are-kept",
  group: "data",
  description: "no database answers a commit before it is kept",
  why: "One parameter, set for speed, and every failover loses payments that were acknowledged; no drill of another stack shows it.",
  judge: (stack) => [
    ...stack.ofType("aws:rds/parameterGroup:ParameterGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup").flatMap(judgeGroup),
    ...stack.regions.flatMap(judgeRegion),
  ],
});

function judgeGroup(group: Item): Violation[] {
  if (!group.has("parameters")) return [];
  return parameterList.parse(group.list("parameters")).flatMap(({ name, value }) => unsafe(group.urn, name, value));
}

/** Patroni's are in files of the hosts, which the blueprint says. */
function judgeRegion({ blueprint, platform }: Region): Violation[] {
  return Object.entries(blueprint.database.parameters).flatMap(([name, value]) => unsafe(platform.urn, name, value));
}

function unsafe(urn: string, name: string, value: unknown): Violation[] {
  const allowed = safe[name];
  if (allowed === undefined || allowed.includes(String(value).toLowerCase())) return [];
  return [{ urn, promised: `${name} is ${allowed[0] ?? ""}`, found: String(value), fix: `take ${name} away: PostgreSQL's default is safe` }];
}
