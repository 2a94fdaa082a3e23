import type { Settings } from "../config/settings";
import type { Network, Zone } from "./types";

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
  return {
    name,
    letter: name.slice(-1),
    cidrs: {
      public: at(settings.publicCidrs, index, "publicCidrs"),
      private: at(settings.privateCidrs, index, "privateCidrs"),
      data: at(settings.dataCidrs, index, "dataCidrs"),
    },
  };
}

function at(cidrs: readonly string[], index: number, key: string): string {
  const cidr = cidrs[index];
  if (cidr === undefined) throw new Error(`${key}: given ${cidrs.length} networks, needed one for zone ${index + 1}; parse settings before making a blueprint`);
  return cidr;
}
