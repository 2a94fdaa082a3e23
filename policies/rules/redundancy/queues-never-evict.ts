import { rule, type Violation } from "../../rule";
import { Unreadable, type Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const queuesNeverEvict = rule({
  name: "queues-never-evict",
  group: "redundancy",
  description: "the Redis that hosts know as the queues' refuses writes when it is full, and evicts nothing",
  why: "Between its receipt and its row an upload is in the queues only. What is evicted there was paid for and is gone.",
  judge: (stack) =>
    stack.regions.flatMap((region): Violation[] => {
      const { at, policy } = region.blueprint.hosting === "managed" ? managed(stack, region) : onHosts(region);
      if (policy === "noeviction") return [];
      return [{ urn: at.urn, promised: "maxmemory-policy noeviction for the queues", found: policy, fix: "set maxmemory-policy to noeviction" }];
    }),
});

function onHosts(region: Region): { at: Item; policy: string } {
  return { at: region.platform, policy: region.platform.text(`${queues(region)}.maxmemoryPolicy`) };
}

/** By the private name that hosts follow: the replication group that it points at, and the parameter group that this refers to. */
function managed(stack: Stack, region: Region): { at: Item; policy: string } {
  const name = region.platform.text(`${queues(region)}.primaryName`);
  const record = region.ofType("aws:route53/record:Record").find((one) => one.text("name") === name);
  if (record === undefined) return { at: region.platform, policy: `no record ${name}, so nobody knows which Redis they are in` };
  const [group] = stack.referred(record, "records", "aws:elasticache/replicationGroup:ReplicationGroup");
  if (group === undefined) return { at: record, policy: "the record points at no replication group of the stack's" };
  const [parameters] = stack.referred(group, "parameterGroupName", "aws:elasticache/parameterGroup:ParameterGroup");
  // AWS's own parameter groups evict (ElastiCache user guide, maxmemory-policy: volatile-lru).
  if (parameters === undefined) return { at: group, policy: "a parameter group that is not the stack's; AWS's own evict" };
  const set = parameters.list("parameters").map((_, index) => `parameters.${String(index)}`);
  const policy = set.find((path) => parameters.text(`${path}.name`) === "maxmemory-policy");
  return { at: parameters, policy: policy === undefined ? "not set, and AWS's default evicts" : parameters.text(`${policy}.value`) };
}

function queues({ platform }: Region): string {
  const list = "blueprint.redis.instances";
  const index = platform.list(list).findIndex((_, position) => platform.at(`${list}.${String(position)}.name`) === "queues");
  if (index < 0) throw new Unreadable(platform.urn, list, "without the queues", "an instance with the name queues");
  return `${list}.${String(index)}`;
}
