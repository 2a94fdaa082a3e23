import type { RegionPair } from "../../blueprint/types";

/** The parameter that says who takes writes, in each region. */
export function parameterArns({ parameter }: RegionPair, regions: readonly string[], account: string): string[] {
  return regions.map((region) => `arn:aws:ssm:${region}:${account}:parameter${parameter}`);
}
