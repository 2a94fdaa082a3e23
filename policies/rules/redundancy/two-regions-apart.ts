import { overlap, parseCidr } from "../../../config/cidr";
import { rule, type Violation } from "../../rule";
import { levelOf } from "../../verdict";
import type { Region } from "../../stack/stack";

export const twoRegionsApart = rule({
  name: "two-regions-apart",
  group: "redundancy",
  description: "a level 3 has a network in each of two different regions, with no address in common",
  why: "A region is lost as a whole, so a second platform in it is none; and networks that overlap can never be connected.",
  judge: (stack) => {
    if (levelOf(stack) < 3) return [];
    const networks = stack.regions.flatMap(networksOf);
    const regions = new Set(networks.map(({ region }) => region));
    const found: Violation[] = [];
    if (regions.size < 2)
      found.push({
        urn: null,
        promised: "networks in two regions",
        found: [...regions].join(", "),
        fix: "set standbyRegion in the stack's config to another region",
      });
    networks.forEach(({ urn, cidr }, index) => {
      for (const other of networks.slice(0, index))
        if (overlaps(cidr, other.cidr))
          found.push({
            urn,
            promised: `a network apart from ${other.cidr} of ${other.region}`,
            found: cidr,
            fix: "set standbyVpcCidr to a network beside vpcCidr",
          });
    });
    return found;
  },
});

function networksOf(region: Region): { urn: string; region: string; cidr: string }[] {
  return region.ofType("aws:ec2/vpc:Vpc").map((vpc) => ({ urn: vpc.urn, region: vpc.data.region ?? "no region", cidr: vpc.text("cidrBlock") }));
}

function overlaps(one: string, other: string): boolean {
  const [first, second] = [parseCidr(one), parseCidr(other)];
  // What is no network is apart from nothing.
  return first === null || second === null || overlap(first, second);
}
