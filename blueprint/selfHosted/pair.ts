import type { Settings } from "../../config/settings";
import { makeHosts } from "../hosts";
import { metricNamespace, sharedPrefix } from "../names";
import { makeNetwork } from "../network";
import { ports } from "../ports";
import { lagAlarm } from "../regions";
import type { Process, RegionPair } from "../types";

/** What a region knows of the other one, whose settings are `other`; null where there is none. */
export function makePair(other: Settings | null, processes: readonly Process[]): RegionPair | null {
  if (other === null) return null;
  return {
    other: { site: other.site, region: other.region, vpcCidr: other.vpcCidr, hosts: makeHosts(other, makeNetwork(other).zones, processes) },
    parameter: `/${sharedPrefix(other)}/writer`,
    slot: "other_region",
    // Three hosts of each region ask both: far below the 40 a second that Parameter Store answers (service quotas).
    pollSeconds: 5,
    // Two failed checks of the data proxy take a second, and its sessions are cut a tenth later.
    settleSeconds: 3,
    // Longer than a failover inside the other region, which is up to 22 s without witnesses (measured).
    silentSeconds: 30,
    workersSeconds: 60,
    readerPort: ports.databaseReader,
    path: "/bundler-region",
    lag: {
      ...lagAlarm,
      metric: { namespace: metricNamespace, metric: "DatabaseLag", dimension: { Name: "Stack", Value: sharedPrefix(other) } },
      // Rows that come in all the time are two looks behind: far below what rings. Twice in each period.
      lookSeconds: 2,
      looks: 14,
    },
  };
}
