import { mostApplicationHosts, neededMaxConnections, plannedShare, poolSizePerDatabase, smallestPool } from "../connections";
import type { Check } from "./check";

/** Pools of every application host within the planned share of max_connections. */
export const connectionChecks: readonly Check[] = [
  {
    reads: ["databaseMaxConnections", "hosting", "apiHosts", "workerHosts", "apiMaxHosts", "workerMaxHosts"],
    find(settings) {
      if (poolSizePerDatabase(settings) >= smallestPool) return [];
      return [
        {
          key: "databaseMaxConnections",
          given: String(settings.databaseMaxConnections),
          needed: `at least ${neededMaxConnections(settings)} for ${mostApplicationHosts(settings)} application hosts`,
          fix: `pools of ${smallestPool} for each database and host must stay within ${plannedShare * 100} % of it`,
        },
      ];
    },
  },
];
