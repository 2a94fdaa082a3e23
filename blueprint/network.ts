import { cidrOf, formatCidr } from "../config/cidr";
import { hostCount, layout, type LayoutRole } from "../config/layout";
import type { Settings } from "../config/settings";
import type { Network, SubnetTier, Zone } from "./types";

/** How long flow logs answer who talked to whom: an incident is rarely looked into later than a month. */
const flowLogRetentionDays = 30;

/** The VPC, its zones and their subnets. */
export function makeNetwork(settings: Settings): Network {
  return {
    vpcCidr: settings.vpcCidr,
    zones: settings.zones.map((name, index) => makeZone(settings, name, index)),
    interfaceEndpoints: settings.interfaceEndpoints,
    flowLogRetentionDays,
  };
}

function makeZone(settings: Settings, name: string, index: number): Zone {
  const cidrs = {
    public: at(settings.publicCidrs, index, "publicCidrs"),
    private: at(settings.privateCidrs, index, "privateCidrs"),
    data: at(settings.dataCidrs, index, "dataCidrs"),
  };
  return {
    name,
    letter: name.slice(-1),
    cidrs,
    hostCidrs: {
      public: hostCidr(settings, "public", cidrs.public),
      private: hostCidr(settings, "private", cidrs.private),
      data: hostCidr(settings, "data", cidrs.data),
    },
  };
}

/** The smallest block from the subnet's start that covers every fixed address of the tier. */
function hostCidr(settings: Settings, tier: SubnetTier, subnet: string): string | null {
  const roles = (Object.keys(layout) as LayoutRole[]).filter((role) => layout[role].tier === tier);
  const last = Math.max(...roles.map((role) => layout[role].offset + hostCount(settings, role)));
  const { base, prefix } = cidrOf(subnet);
  const block = { base, prefix: 32 - Math.ceil(Math.log2(last + 1)) };
  return block.prefix > prefix ? formatCidr(block) : null;
}

function at(cidrs: readonly string[], index: number, key: string): string {
  const cidr = cidrs[index];
  if (cidr === undefined) throw new Error(`${key}: given ${cidrs.length} networks, needed one for zone ${index + 1}; parse settings before making a blueprint`);
  return cidr;
}
