import { mustText, objectsAt, textAt, type Properties } from "../properties";
import type { Resource } from "../record";
import type { Cloud } from "./cloud";
import type { Refusal } from "./fault";
import { ACCELERATOR, LOAD_BALANCER, RECORD, VPC_ENDPOINT } from "./types";
import { dnsName, zoneName } from "./zones";

interface Target {
  name: string;
  zoneId: string;
}

// What an alias can point to outside its zone, among what is modelled.
function targets(cloud: Cloud): Target[] {
  const named = (bag: Properties, zone: string): Target => ({ name: dnsName(mustText(bag, "dnsName")), zoneId: mustText(bag, zone) });
  return [
    ...cloud.record.all(LOAD_BALANCER).map((one) => named(one.properties, "zoneId")),
    ...cloud.record.all(ACCELERATOR).map((one) => named(one.properties, "hostedZoneId")),
    ...cloud.record.all(VPC_ENDPOINT).flatMap((one) => objectsAt(one.properties, "dnsEntries").map((entry) => named(entry, "hostedZoneId"))),
  ];
}

/** Refuses an alias whose target does not exist, is in another zone than the alias says, or is of another type. */
export function requireAliasTarget(alias: Properties, type: string, zone: Resource, cloud: Cloud, refuse: (message: string) => Refusal): void {
  const name = dnsName(mustText(alias, "name"));
  const zoneId = mustText(alias, "zoneId");
  const tried = `Tried to create an alias that targets ${name}., type ${type} in zone ${zoneId}`;
  if (zoneId === zone.id) {
    if (name !== zoneName(zone) && !name.endsWith(`.${zoneName(zone)}`))
      throw refuse(`${tried}, but the alias target name does not lie within the target zone`);
    const found = cloud
      .all(RECORD)
      .some(({ properties }) => properties["zoneId"] === zoneId && properties["fqdn"] === name && textAt(properties, "type") === type);
    if (!found) throw refuse(`${tried}, but that target was not found`);
    return;
  }
  const target = targets(cloud).find((one) => name === one.name || name === `dualstack.${one.name}`);
  if (target === undefined) throw refuse(`${tried}, but that target was not found`);
  if (target.zoneId !== zoneId) throw refuse(`${tried}, but the alias target name does not lie within the target zone`);
  if (!["A", "AAAA"].includes(type)) throw refuse(`${tried}, but that target has addresses only: A or AAAA`);
}
