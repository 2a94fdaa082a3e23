/** Letters of the zones that a new account can use in each region (AWS global infrastructure; a real account may see a subset). */
const ZONES: Record<string, string> = {
  "us-east-1": "abcdef",
  "us-east-2": "abc",
  "us-west-1": "ac",
  "us-west-2": "abcd",
  "ca-central-1": "abd",
  "sa-east-1": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "eu-central-1": "abc",
  "eu-north-1": "abc",
  "eu-south-1": "abc",
  "ap-south-1": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
};

/** Availability zones of a region; empty for a region that the embedded cloud does not have. */
export function zonesOf(region: string): string[] {
  return Array.from(ZONES[region] ?? "").map((letter) => `${region}${letter}`);
}

/** Regions of the embedded cloud. */
export function regions(): string[] {
  return Object.keys(ZONES);
}
