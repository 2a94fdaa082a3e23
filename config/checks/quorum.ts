import type { Check } from "./check";

/** One member of PostgreSQL a zone: the standby that Patroni promotes must not be lost with the primary. */
const membersApart: Check = {
  reads: ["hosting", "hostingMove", "databaseHosts", "zones"],
  find({ hosting, hostingMove, databaseHosts, zones }) {
    if ((hosting !== "selfHosted" && hostingMove === null) || databaseHosts <= zones.length) return [];
    return [
      {
        key: "databaseHosts",
        given: String(databaseHosts),
        needed: `at most one in each of ${String(zones.length)} zones`,
        fix: "two members of one zone may be the primary and its synchronous standby, which are then lost together",
      },
    ];
  },
};

/** Members that can outvote a failure. */
export const quorumChecks: readonly Check[] = [
  membersApart,
  {
    reads: ["redisHosts"],
    find({ redisHosts }) {
      if (redisHosts >= 3 && redisHosts % 2 === 1 && redisHosts <= 7) return [];
      return [
        {
          key: "redisHosts",
          given: String(redisHosts),
          needed: "3, 5 or 7",
          fix: "etcd and Sentinel vote here: an even count survives no more failures than one less, and under 3 none",
        },
      ];
    },
  },
];
