import type { Check } from "./check";

/** Patroni's own floor; it raises a smaller ttl by itself since 3.2, and the promise would then not be what is running. */
export const patroniTtlFloorSeconds = 20;

/** Timings that Patroni would silently correct, or that would defeat the witnesses. */
export const timingChecks: readonly Check[] = [
  {
    reads: ["patroniTtlSeconds"],
    find({ patroniTtlSeconds: ttl }) {
      if (ttl >= patroniTtlFloorSeconds) return [];
      return [
        {
          key: "patroniTtlSeconds",
          given: String(ttl),
          needed: `at least ${patroniTtlFloorSeconds}`,
          fix: "Patroni raises less to it by itself; witnesses, not ttl, make a failover fast",
        },
      ];
    },
  },
  {
    reads: ["patroniTtlSeconds", "patroniLoopWaitSeconds", "patroniRetryTimeoutSeconds"],
    find({ patroniTtlSeconds: ttl, patroniLoopWaitSeconds: loop, patroniRetryTimeoutSeconds: retry }) {
      if (loop + 2 * retry <= ttl) return [];
      return [
        {
          key: "patroniRetryTimeoutSeconds",
          given: `loop_wait ${loop} + 2 × retry_timeout ${retry} = ${loop + 2 * retry}`,
          needed: `at most patroniTtlSeconds ${ttl}`,
          fix: "lower patroniLoopWaitSeconds or patroniRetryTimeoutSeconds, or raise patroniTtlSeconds",
        },
      ];
    },
  },
  {
    reads: ["secretRecoveryWindowDays"],
    find({ secretRecoveryWindowDays: days }) {
      if (days === 0 || days >= 7) return [];
      return [{ key: "secretRecoveryWindowDays", given: String(days), needed: "0, or 7 to 30", fix: "Secrets Manager knows no shorter window" }];
    },
  },
];
