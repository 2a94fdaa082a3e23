import type { Check } from "./check";

/** Members that can outvote a failure. */
export const quorumChecks: readonly Check[] = [
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
