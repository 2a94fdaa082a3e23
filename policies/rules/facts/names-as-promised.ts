import type { ManagedBlueprint } from "../../../blueprint/types";
import { differences, missing, paired } from "../../comparison";
import { balancerType } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const namesAsPromised = rule({
  name: "names-as-promised",
  group: "facts",
  description: "every private name by which hosts know a managed service points at that service, and its answers end after the blueprint's seconds",
  why: "Hosts find a new primary by its name: a name at another service, or an answer that is kept for longer, is an outage that nobody counted.",
  judge: (stack) => stack.regions.flatMap((region) => (region.blueprint.hosting === "managed" ? judgeRegion(stack, region, region.blueprint) : [])),
});

interface Name {
  name: string;
  /** What answers at it: a resource's type, what it is called there, and which of its properties the answer is. */
  of: { type: string; called: string; value: string; answer: string };
}

function judgeRegion(stack: Stack, region: Region, blueprint: ManagedBlueprint): Violation[] {
  const zone = region.ofType("aws:route53/zone:Zone").find((item) => item.text("name") === blueprint.internalZone.name);
  if (zone === undefined) return [missing(region, `the private zone ${blueprint.internalZone.name}`)];
  const records = stack.ofType("aws:route53/record:Record").filter((record) => record.references("zoneId").includes(zone.urn));
  const { pairs, violations } = paired(
    region,
    "private name",
    namesOf(blueprint),
    ({ name }) => name,
    records,
    (item) => item.text("name"),
  );
  return [
    ...violations,
    ...pairs.flatMap(({ promised, item }) =>
      differences(item, promised.name, [
        ["seconds that an answer is kept", blueprint.internalZone.ttlSeconds, item.number("ttl")],
        ["service", [promised.of.value], servicesOf(stack, item, promised)],
      ]),
    ),
  ];
}

function namesOf(blueprint: ManagedBlueprint): Name[] {
  const { edge, redis, names, former } = blueprint;
  // While data is copied, hosts still use the database that it is copied from.
  const database = former?.step === "copy" ? former.database : blueprint.database;
  const at = (answer: string, ofInstance: string): Name["of"] =>
    database.kind === "rdsInstance"
      ? { type: "aws:rds/instance:Instance", called: "identifier", value: database.identifier, answer: ofInstance }
      : { type: "aws:rds/cluster:Cluster", called: "clusterIdentifier", value: database.identifier, answer };
  return [
    { name: database.writerName, of: at("endpoint", "address") },
    ...(database.readerName === null ? [] : [{ name: database.readerName, of: at("readerEndpoint", "address") }]),
    ...redis.instances.map(({ name, primaryName }) => ({
      name: primaryName,
      of: {
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
        called: "replicationGroupId",
        value: `${names.prefix}-${name}`,
        answer: "primaryEndpointAddress",
      },
    })),
    { name: edge.payment.name, of: { type: balancerType, called: "name", value: `${names.prefix}-payment`, answer: "dnsName" } },
  ];
}

/** What a record's answer comes from; and where the answer itself is known, that it is that resource's and no other of its names. */
function servicesOf(stack: Stack, record: Item, { of }: Name): string[] {
  return stack.referred(record, "records", of.type).map((item) => {
    const known = record.knows("records.0") && item.knows(of.answer);
    return !known || record.text("records.0") === item.text(of.answer) ? item.text(of.called) : record.text("records.0");
  });
}
