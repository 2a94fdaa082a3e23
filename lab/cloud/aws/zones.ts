import { flag, matching, object, set, text } from "../model";
import { isOn, mustText, objectsAt, textAt, type Properties } from "../properties";
import type { Resource } from "../record";
import { hex, uniqueId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { RECORD, VPC, ZONE } from "./types";

/** A DNS name as it is compared: lower case, without the final dot. */
export const dnsName = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/** Name of a zone, as it is compared. */
export const zoneName = (zone: Resource): string => dnsName(mustText(zone.properties, "name"));

function isDomain(name: string): boolean {
  return (
    name.length <= 255 &&
    dnsName(name)
      .split(".")
      .every((label) => /^[\x21-\x2d\x2f-\x7e]{1,63}$/.test(label))
  );
}

/**
 * A zone of DNS records: public, or private to some VPCs. A private zone answers only in VPCs with DNS support and DNS
 * hostnames; Route 53 takes others too, so they are not refused.
 */
export const zone = awsModel(
  {
    type: ZONE,
    noun: "Route53 Hosted Zone",
    api: "Route 53",
    calls: { create: "CreateHostedZone", update: "UpdateHostedZoneComment", delete: "DeleteHostedZone" },
    scope: "global",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({ replaces: true }),
      comment: text({ default: "Managed by Pulumi", rule: matching(/^[^]{0,256}$/, "at most 256 characters") }),
      forceDestroy: flag({ default: false }),
      vpcs: set(object({ vpcId: text({ required: true }), vpcRegion: text({ computed: true }) })),
    },
    outputs: ["arn", "nameServers", "primaryNameServer", "zoneId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (!isDomain(name)) throw new Refusal("InvalidDomainName", `The domain name is invalid: ${name}`);
      const vpcs = associations(inputs, cloud);
      for (const vpc of vpcs) requireAssociable(vpc, name, cloud, undefined);
      const id = uniqueId("Z0");
      const nameServers = vpcs.length > 0 ? PRIVATE_SERVERS : publicServers();
      return {
        id,
        outputs: {
          arn: cloud.arn("route53", `hostedzone/${id}`),
          zoneId: id,
          nameServers,
          primaryNameServer: nameServers[0] ?? "",
          ...(vpcs.length > 0 ? { vpcs } : {}),
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const before = objectsAt(resource.properties, "vpcs");
      const vpcs = associations(inputs, cloud);
      if (before.length === 0 && vpcs.length > 0)
        throw new Refusal("PublicZoneVPCAssociation", `${resource.id} is a public zone: it cannot be associated with a VPC.`);
      if (before.length > 0 && vpcs.length === 0)
        throw new Refusal("LastVPCAssociation", `${resource.id} is a private zone: its last VPC cannot be taken from it.`);
      const known = new Set(before.map((vpc) => textAt(vpc, "vpcId")));
      for (const vpc of vpcs) if (!known.has(textAt(vpc, "vpcId"))) requireAssociable(vpc, mustText(inputs, "name"), cloud, resource.id);
      return { outputs: vpcs.length > 0 ? { vpcs } : {} };
    },
    delete: (resource, cloud) => {
      const records = cloud.all(RECORD).filter((record) => record.properties["zoneId"] === resource.id);
      if (records.length > 0 && !isOn(resource.properties, "forceDestroy"))
        throw new Refusal(
          "HostedZoneNotEmpty",
          `The specified hosted zone contains non-required resource record sets and so cannot be deleted (it holds ${records.map(({ id }) => id).join(", ")}).`,
        );
    },
  },
  "tagged",
);

// Names of the servers of every private zone; in a public one they are numbered, one in each of four ranges.
const PRIVATE_SERVERS = ["ns-0.awsdns-00.com", "ns-1024.awsdns-00.org", "ns-1536.awsdns-00.co.uk", "ns-512.awsdns-00.net"];

function publicServers(): string[] {
  const number = (): number => Number.parseInt(hex(4), 16);
  return ["com", "net", "org", "co.uk"]
    .map((ending, index) => `ns-${String(index * 512 + (number() % 512))}.awsdns-${String(number() % 64).padStart(2, "0")}.${ending}`)
    .sort();
}

function associations(inputs: Properties, cloud: Cloud): Properties[] {
  return objectsAt(inputs, "vpcs").map((vpc) => ({ vpcId: mustText(vpc, "vpcId"), vpcRegion: textAt(vpc, "vpcRegion") ?? cloud.home }));
}

function requireAssociable(vpc: Properties, name: string, cloud: Cloud, ownId: string | undefined): void {
  const vpcId = mustText(vpc, "vpcId");
  const region = mustText(vpc, "vpcRegion");
  if (cloud.in(region).get(VPC, vpcId) === undefined)
    throw new Refusal("InvalidVPCId", `The VPC ${vpcId} in region ${region} that you provided does not exist.`);
  const rival = cloud
    .all(ZONE)
    .find((one) => one.id !== ownId && zoneName(one) === dnsName(name) && objectsAt(one.properties, "vpcs").some((other) => other["vpcId"] === vpcId));
  if (rival !== undefined)
    throw new Refusal(
      "ConflictingDomainExists",
      `The VPC ${vpcId} in region ${region} has already been associated with the hosted zone ${rival.id} with the same domain name.`,
    );
}
