/** A number that nobody publishes and nothing here measures, and why it is what it is. */
export interface Assumption {
  value: number;
  unit: "a year" | "seconds" | "share";
  what: string;
  why: string;
}

/**
 * Everything that the availability of journeys rests on beside published figures and computed bounds. All of it is here, and
 * on the page that `make promise` shows.
 */
export const assumptions = {
  machineFailuresPerYear: {
    value: 1,
    unit: "a year",
    what: "failures of one machine",
    why: "AWS publishes none. One counts lost hardware, hung kernels, retirements and crashes that need a restart; EBS volumes alone fail 0.001 to 0.002 times a year (AWS, EBS durability).",
  },
  ownRepairSeconds: {
    value: 3600,
    unit: "seconds",
    what: "until a lost own host is back",
    why: "EC2 recovers it by itself when its hardware is at fault (simplified automatic recovery); otherwise somebody replaces it (docs/operations.md).",
  },
  managedRepairSeconds: {
    value: 900,
    unit: "seconds",
    what: "until AWS has replaced a machine of a group or of a managed service",
    why: "Auto Scaling notices, launches and waits for the health check; Aurora says under 10 minutes for a machine that is made again.",
  },
  commonCauseShare: {
    value: 0.05,
    unit: "share",
    what: "share of failures that take every machine of a part at once",
    why: "The beta factor of IEC 61508-6: 1 to 10 % for redundant parts, 5 to 10 % for like software on like machines. A bad release, a full disk everywhere, an expired certificate.",
  },
  failoverSuccess: {
    value: 0.99,
    unit: "share",
    what: "of failovers within a region, the part that needs nobody",
    why: "The trials in docs/drills/ had none that needed a person; so few trials cannot show more than 0.98.",
  },
  personSeconds: {
    value: 3600,
    unit: "seconds",
    what: "until a person has repaired what did not repair itself",
    why: "Fifteen minutes to be paged and to look, the rest for a runbook.",
  },
  zoneFailuresPerYear: {
    value: 0.1,
    unit: "a year",
    what: "losses of one zone",
    why: "AWS has published a handful of lost zones in ten years (Sydney 2016, us-east-1 2021), of over eighty zones: this is several times that.",
  },
  zoneOutageSeconds: {
    value: 4 * 3600,
    unit: "seconds",
    what: "a lost zone is away",
    why: "Power was back in one to five hours in those; some machines took longer.",
  },
  regionFailuresPerYear: {
    value: 0.3,
    unit: "a year",
    what: "events that keep a region from serving",
    why: "AWS's post-event summaries have four of us-east-1, the busiest region, from 2021 to 2025, none of which stopped every service: of those, so many that would stop this one.",
  },
  regionOutageSeconds: { value: 6 * 3600, unit: "seconds", what: "such an event lasts", why: "They lasted 3 to 15 hours." },
  serviceOutageSeconds: {
    value: 2 * 3600,
    unit: "seconds",
    what: "an outage of one of AWS's regional services lasts",
    why: "Its published availability says how much in a year, not in how many pieces; the length only matters where a second region can take over.",
  },
  regionSwitchSuccess: {
    value: 0.95,
    unit: "share",
    what: "of switches of regions, the part that goes as planned",
    why: "Nothing here has measured it, and AWS's control planes are busiest then. Below 0.94 the audit found no 99.99 %.",
  },
  addressMoveSeconds: {
    value: 15,
    unit: "seconds",
    what: "EC2 moves an Elastic IP within",
    why: "AWS publishes no time; operators report seconds, and its control plane is slower when many ask it (audit A04: 5 to 15 s).",
  },
  decisionSeconds: {
    value: 300,
    unit: "seconds",
    what: "until whoever is on call has read what rang and has approved a switch of regions",
    why: "Nobody measured it here. A drill of people will.",
  },
  planStartSeconds: {
    value: 30,
    unit: "seconds",
    what: "until a Region switch plan's function has written its word, once the switch is approved",
    why: "AWS publishes no time; the function itself writes to its own region first, in under a second.",
  },
  globalFailoverSeconds: {
    value: 300,
    unit: "seconds",
    what: "until Aurora's second region takes writes, once it is told to",
    why: "In the order of minutes (Aurora user guide, disaster recovery of a global database); AWS's workshop for disaster recovery calls it one.",
  },
  loadShare: {
    value: 0.5,
    unit: "share",
    what: "of the API hosts, the part that carries the load",
    why: "What is left of two hosts when one is lost, and less than what a lost zone leaves of six.",
  },
} as const satisfies Record<string, Assumption>;

/** The assumptions as numbers, by their names. */
export type Assumed = Record<keyof typeof assumptions, number>;

export function assumed(): Assumed {
  return Object.fromEntries(Object.entries(assumptions).map(([name, { value }]) => [name, value])) as Assumed;
}

export const secondsPerYear = 365 * 24 * 3600;
