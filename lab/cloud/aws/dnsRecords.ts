import { isIPv4, isIPv6 } from "node:net";
import { between, flag, list, number, object, oneOf, set, text, type Failure } from "../model";
import { isOn, mustText, objectsAt, textAt, textsAt, type Properties } from "../properties";
import type { Resource } from "../record";
import { requireAliasTarget } from "./aliasTargets";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import { regions } from "./regions";
import { RECORD, ZONE } from "./types";
import { dnsName, zoneName } from "./zones";

const TYPES = ["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"];
const POLICIES = ["failoverRoutingPolicies", "weightedRoutingPolicies", "latencyRoutingPolicies"];

/** Refuses a change batch as Route 53 does, with the fault in brackets. */
const invalid = (message: string): Refusal => new Refusal("InvalidChangeBatch", `[${message}]`);

/**
 * DNS records of one name and type. A name that does not end with the zone's is taken as one inside it, as the real provider
 * does: `api` and, without a warning, `api.elsewhere.net` too. The output `fqdn` tells.
 */
export const record = awsModel(
  {
    type: RECORD,
    noun: "Route53 Record",
    api: "Route 53",
    calls: { create: "ChangeResourceRecordSets", update: "ChangeResourceRecordSets", delete: "ChangeResourceRecordSets" },
    scope: "global",
    inputs: {
      zoneId: text({
        required: true,
        replaces: true,
        refers: { to: [{ type: ZONE, by: "id" }], code: "NoSuchHostedZone", message: (id) => `No hosted zone found with ID: ${id}`, whenTargetGoes: "goesToo" },
      }),
      name: text({ required: true, replaces: true }),
      type: text({ required: true, rule: oneOf(...TYPES) }),
      ttl: number({ rule: between(0, 2_147_483_647) }),
      records: set(text()),
      aliases: list(object({ name: text({ required: true }), zoneId: text({ required: true }), evaluateTargetHealth: flag({ required: true }) })),
      setIdentifier: text({ rule: (id) => (id.length >= 1 && id.length <= 128 ? undefined : "expected 1 to 128 characters") }),
      failoverRoutingPolicies: list(object({ type: text({ required: true, rule: oneOf("PRIMARY", "SECONDARY") }) })),
      weightedRoutingPolicies: list(object({ weight: number({ required: true, rule: between(0, 255) }) })),
      latencyRoutingPolicies: list(object({ region: text({ required: true, rule: oneOf(...regions()) }) })),
      healthCheckId: text({ refers: refer.healthCheck("InvalidInput") }),
      allowOverwrite: flag({ computed: true }),
    },
    outputs: ["fqdn"],
    rule: combinationFaults,
    create: ({ inputs, cloud }) => {
      const fqdn = judge(inputs, cloud, undefined);
      const id = [mustText(inputs, "zoneId"), dnsName(mustText(inputs, "name")), mustText(inputs, "type"), textAt(inputs, "setIdentifier")];
      return { id: id.filter((part) => part !== undefined).join("_"), outputs: { fqdn, allowOverwrite: isOn(inputs, "allowOverwrite") } };
    },
    update: ({ inputs, cloud, resource }) => ({ outputs: { fqdn: judge(inputs, cloud, resource) } }),
    delete: (resource, cloud) => {
      if (isZonesOwn(resource.properties, mustText(resource.properties, "fqdn"), cloud))
        throw invalid("A HostedZone must contain exactly one SOA record and at least one NS record for the zone itself.");
    },
  },
  "untagged",
);

function combinationFaults(inputs: Properties): Failure[] {
  const given = (keys: string[]): string[] => keys.filter((key) => inputs[key] !== undefined);
  if (given(["records", "aliases"]).length !== 1) return [{ property: "records", reason: "exactly one of records, aliases must be given" }];
  const faults: Failure[] = [];
  if (inputs["aliases"] !== undefined && inputs["ttl"] !== undefined)
    faults.push({ property: "ttl", reason: "an alias has the ttl of its target: ttl conflicts with aliases" });
  if (inputs["records"] !== undefined && inputs["ttl"] === undefined) faults.push({ property: "ttl", reason: "records need a ttl" });
  const policies = given(POLICIES);
  if (policies.length > 1) faults.push({ property: policies[1] ?? "", reason: `only one of ${policies.join(", ")} can be given` });
  if (policies.length > 0 && inputs["setIdentifier"] === undefined)
    faults.push({ property: "setIdentifier", reason: `${policies.join(", ")} needs a setIdentifier` });
  for (const key of ["aliases", ...POLICIES]) if (objectsAt(inputs, key).length > 1) faults.push({ property: key, reason: `${key}: at most one` });
  return faults;
}

// Judges the record among the others of its zone, and answers its full name.
function judge(inputs: Properties, cloud: Cloud, own: Resource | undefined): string {
  const zone = cloud.must(ZONE, mustText(inputs, "zoneId"));
  const fqdn = fullName(mustText(inputs, "name"), zoneName(zone));
  if (fqdn !== zoneName(zone) && !fqdn.endsWith(`.${zoneName(zone)}`))
    throw invalid(`RRSet with DNS name ${fqdn}. is not permitted in zone ${zoneName(zone)}.`);
  checkValues(inputs, fqdn, zoneName(zone));
  if (own === undefined && !isOn(inputs, "allowOverwrite") && isZonesOwn(inputs, fqdn, cloud)) throw exists(inputs, fqdn);
  const namesakes = cloud.all(RECORD).filter((one) => one.id !== own?.id && one.properties["zoneId"] === zone.id && one.properties["fqdn"] === fqdn);
  checkNamesakes(inputs, fqdn, namesakes);
  for (const alias of objectsAt(inputs, "aliases")) requireAliasTarget(alias, mustText(inputs, "type"), zone, cloud, invalid);
  return fqdn;
}

// As the real provider expands it: a name that ends with the zone's text is taken as it is, even without a dot between them.
function fullName(name: string, zone: string): string {
  const written = dnsName(name);
  return written.endsWith(zone) ? written : written === "" ? zone : `${written}.${zone}`;
}

/** The NS and SOA records that a zone is born with and cannot lose. */
function isZonesOwn(inputs: Properties, fqdn: string, cloud: Cloud): boolean {
  return ["NS", "SOA"].includes(textAt(inputs, "type") ?? "") && fqdn === zoneName(cloud.must(ZONE, mustText(inputs, "zoneId")));
}

function exists(inputs: Properties, fqdn: string): Refusal {
  const identifier = textAt(inputs, "setIdentifier");
  const named = `name='${fqdn}.', type='${mustText(inputs, "type")}'${identifier === undefined ? "" : `, set-identifier='${identifier}'`}`;
  return invalid(`Tried to create resource record set [${named}] but it already exists`);
}

function checkValues(inputs: Properties, fqdn: string, zone: string): void {
  const type = mustText(inputs, "type");
  const values = textsAt(inputs, "records");
  const policy = policyOf(inputs);
  if (policy === undefined && inputs["setIdentifier"] !== undefined)
    throw new Refusal("InvalidInput", "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer], found none");
  if (inputs["records"] !== undefined && values.length === 0) throw new Refusal("InvalidInput", "Invalid request: a record set needs at least one record");
  if (type === "CNAME" && fqdn === zone) throw invalid(`RRSet of type CNAME with DNS name ${fqdn}. is not permitted at apex in zone ${zone}.`);
  if (type === "CNAME" && values.length > 1) throw invalid(`RRSet of type CNAME with DNS name ${fqdn}. has ${String(values.length)} values; it can have one`);
  const wrong = values.find((value) => (type === "A" && !isIPv4(value)) || (type === "AAAA" && !isIPv6(value)));
  if (wrong !== undefined)
    throw invalid(
      `Invalid Resource Record: FATAL problem: ${type === "A" ? "ARRDATAIllegalIPv4Address" : "AAAARRDATAIllegalIPv6Address"} encountered with '${wrong}'`,
    );
  if (failover(inputs) === "PRIMARY" && inputs["aliases"] === undefined && inputs["healthCheckId"] === undefined)
    throw invalid("A non-alias primary ResourceRecordSet must have an associated health check.");
}

function checkNamesakes(inputs: Properties, fqdn: string, namesakes: Resource[]): void {
  const type = mustText(inputs, "type");
  const ofType = namesakes.filter((one) => one.properties["type"] === type).map((one) => one.properties);
  const inTheWay = namesakes.find((one) => one.properties["type"] !== type && (type === "CNAME" || one.properties["type"] === "CNAME"));
  if (inTheWay !== undefined)
    throw invalid(
      `RRSet of type ${type} with DNS name ${fqdn}. is not permitted as it conflicts with other records with the same DNS name (${mustText(inTheWay.properties, "type")}): a CNAME stands alone`,
    );
  if (ofType.some((other) => other["setIdentifier"] === inputs["setIdentifier"])) throw exists(inputs, fqdn);
  const named = `RRSet with DNS name ${fqdn}., type ${type}, SetIdentifier ${textAt(inputs, "setIdentifier") ?? "(none)"}`;
  if (ofType.some((other) => policyOf(other) !== policyOf(inputs)))
    throw invalid(`${named} cannot be created as other RRSets exist with the same name and type and another routing policy`);
  if (ofType.some((other) => failover(other) !== undefined && failover(other) === failover(inputs)))
    throw invalid(`${named} cannot be created as there is a ${failover(inputs) ?? ""} of that name and type already`);
  if (ofType.some((other) => latencyRegion(other) !== undefined && latencyRegion(other) === latencyRegion(inputs)))
    throw invalid(`${named} cannot be created as there is a record for region ${latencyRegion(inputs) ?? ""} already`);
}

const policyOf = (inputs: Properties): string | undefined => POLICIES.find((key) => objectsAt(inputs, key).length > 0);
const failover = (inputs: Properties): string | undefined => textAt(objectsAt(inputs, "failoverRoutingPolicies")[0], "type");
const latencyRegion = (inputs: Properties): string | undefined => textAt(objectsAt(inputs, "latencyRoutingPolicies")[0], "region");
