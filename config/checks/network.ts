import { cidrOf, contains, overlap, sizeOf } from "../cidr";
import type { Fault } from "../fault";
import { addressOffset, hostCount, layout, type LayoutRole, type LayoutTier } from "../layout";
import type { Settings } from "../keys";
import type { Check } from "./check";

const tiers: readonly LayoutTier[] = ["public", "private", "data"];
const reads = ["vpcCidr", "zones", "publicCidrs", "privateCidrs", "dataCidrs"] as const;

function key(tier: LayoutTier) {
  return `${tier}Cidrs` as const;
}

function subnets(settings: Settings): { tier: LayoutTier; cidr: string }[] {
  return tiers.flatMap((tier) => settings[key(tier)].map((cidr) => ({ tier, cidr })));
}

/** One subnet a zone and tier. */
const onePerZone: Check = {
  reads,
  find(settings) {
    return tiers.flatMap((tier) => {
      const given = settings[key(tier)].length;
      if (given === settings.zones.length) return [];
      return [
        {
          key: key(tier),
          given: `${given} networks`,
          needed: `${settings.zones.length}, one a zone`,
          fix: "list one network for each of zones",
        },
      ];
    });
  },
};

/** Every subnet inside the VPC and apart from every other. */
const placed: Check = {
  reads,
  find(settings) {
    const faults: Fault[] = [];
    const all = subnets(settings);
    all.forEach(({ tier, cidr }, position) => {
      if (!contains(cidrOf(settings.vpcCidr), cidrOf(cidr)))
        faults.push({
          key: key(tier),
          given: cidr,
          needed: `a network inside vpcCidr ${settings.vpcCidr}`,
          fix: "move it, or change vpcCidr",
        });
      const other = all.slice(0, position).find((earlier) => overlap(cidrOf(earlier.cidr), cidrOf(cidr)));
      if (other !== undefined)
        faults.push({
          key: key(tier),
          given: cidr,
          needed: `a network that does not overlap ${other.cidr} of ${key(other.tier)}`,
          fix: "move one of the two",
        });
    });
    return faults;
  },
};

/** Room for the fixed address of every host; AWS keeps the first four addresses and the last. */
const roomy: Check = {
  reads: [...reads, "edgeHosts", "apiHosts", "workerHosts", "databaseHosts", "redisHosts", "objectStore", "minioHosts"],
  find: roomFaults,
};

/** Subnets of a region that are too small for its hosts. */
export function roomFaults(settings: Settings): Fault[] {
  return tiers.flatMap((tier) => {
    const roles = (Object.keys(layout) as LayoutRole[]).filter((role) => layout[role].tier === tier && hostCount(settings, role) > 0);
    const needed = Math.max(...roles.map((role) => addressOffset(role, hostCount(settings, role)))) + 2;
    const small = settings[key(tier)].filter((cidr) => sizeOf(cidrOf(cidr)) < needed);
    if (small.length === 0) return [];
    const prefix = 32 - Math.ceil(Math.log2(needed));
    return [
      {
        key: key(tier),
        given: small.join(", "),
        needed: `/${prefix} or larger, for ${needed} addresses`,
        fix: "give larger networks, or a larger vpcCidr when they are derived from it",
      },
    ];
  });
}

export const networkChecks: readonly Check[] = [onePerZone, placed, roomy];
