import { cidrOf, formatCidr, sixteenth } from "./cidr";
import type { DerivedKey, Settings } from "./keys";

/** Zones of a region when the stack file names none: its first three letters. */
export function defaultZones(region: string): string[] {
  return ["a", "b", "c"].map((letter) => `${region}${letter}`);
}

/**
 * Subnets when the stack file names none. The VPC is cut into sixteen parts: public 0–3, private 4–7, data 8–11, the
 * rest free for later, so that a fourth zone changes no existing subnet.
 */
export function defaultCidrs(vpcCidr: string, zones: number): Pick<Settings, Exclude<DerivedKey, "zones">> {
  const vpc = cidrOf(vpcCidr);
  const tier = (first: number) => Array.from({ length: zones }, (_, zone) => formatCidr(sixteenth(vpc, first + zone)));
  return { publicCidrs: tier(0), privateCidrs: tier(4), dataCidrs: tier(8) };
}
