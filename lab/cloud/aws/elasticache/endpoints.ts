/** Part of every host name that ElastiCache gives an account in a region. */
const ACCOUNT_PART = "a1b2c3";

/** Host names of the primary and of the replicas; encryption in transit changes both. */
export function endpointsOf(id: string, region: string, encrypted: boolean): { primaryEndpointAddress: string; readerEndpointAddress: string } {
  const domain = `${shortName(region)}.cache.amazonaws.com`;
  return encrypted
    ? { primaryEndpointAddress: `master.${id}.${ACCOUNT_PART}.${domain}`, readerEndpointAddress: `replica.${id}.${ACCOUNT_PART}.${domain}` }
    : { primaryEndpointAddress: `${id}.${ACCOUNT_PART}.ng.0001.${domain}`, readerEndpointAddress: `${id}-ro.${ACCOUNT_PART}.ng.0001.${domain}` };
}

// `us-east-1` is use1 there, `ap-northeast-2` is apne2.
function shortName(region: string): string {
  const [area = "", side = "", number = ""] = region.split("-");
  const sides: Record<string, string> = { northeast: "ne", southeast: "se" };
  return `${area}${sides[side] ?? side.charAt(0)}${number}`;
}
