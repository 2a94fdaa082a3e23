import { cidrOf, formatCidr, sixteenth } from "./cidr";
import type { Settings } from "./keys";

/** Zones of a region when the stack file names none: its first three letters. */
export function defaultZones(region: string): string[] {
  return ["a", "b", "c"].map((letter) => `${region}${letter}`);
}

/**
 * Subnets when the stack file names none. The VPC is cut into sixteen parts: public 0–3, private 4–7, data 8–11, the
 * rest free for later, so that a fourth zone changes no existing subnet.
 */
export function defaultCidrs(vpcCidr: string, zones: number): Pick<Settings, "publicCidrs" | "privateCidrs" | "dataCidrs"> {
  const vpc = cidrOf(vpcCidr);
  const tier = (first: number) => Array.from({ length: zones }, (_, zone) => formatCidr(sixteenth(vpc, first + zone)));
  return { publicCidrs: tier(0), privateCidrs: tier(4), dataCidrs: tier(8) };
}

/** Above level 1 a managed group may grow to twice its size. */
const growth = 2;

/** Most hosts of a managed group when the stack file does not say. */
export function defaultMaxHosts({
  level,
  apiHosts,
  workerHosts,
}: Pick<Settings, "level" | "apiHosts" | "workerHosts">): Pick<Settings, "apiMaxHosts" | "workerMaxHosts"> {
  const factor = level === 1 ? 1 : growth;
  return { apiMaxHosts: apiHosts * factor, workerMaxHosts: workerHosts * factor };
}
