import { rule, type Violation } from "../../rule";
import { onOwnHosts } from "../../stack/placement";

export const witnessesEndADeadLease = rule({
  name: "witnesses-end-a-dead-lease",
  group: "redundancy",
  description: "witnesses decide before the lease of a lost primary ends, and never on one missed look or one late renewal",
  why: "Without them a lost primary costs its whole lease, 14 to 22 s, in which the application gives up jobs for good; too eager, they depose healthy ones.",
  judge: (stack) =>
    onOwnHosts(stack).flatMap(({ platform }): Violation[] => {
      const witness = (what: string): number => platform.number(`blueprint.database.witness.${what}`);
      const patroni = (what: string): number => platform.number(`blueprint.database.patroni.${what}`);
      const [probe, verdict] = [witness("probeIntervalMilliseconds") / 1000, witness("verdictMilliseconds") / 1000];
      const [ttl, loop, overdue, vote] = [patroni("ttlSeconds"), patroni("loopWaitSeconds"), witness("renewalOverdueSeconds"), witness("voteLeaseSeconds")];
      /** What must lie between what, in seconds, from the least to the most. */
      const orders: [string, number, string, number, string, number][] = [
        ["two looks", 2 * probe, "the verdict", verdict, "the lease", ttl],
        ["a loop", loop, "an overdue renewal", overdue, "the lease", ttl],
        ["a look", probe, "a vote", vote, "the lease", ttl],
      ];
      return orders
        .filter(([, least, , value, , most]) => !(least < value && value < most))
        .map(([lower, least, what, value, upper, most]) => ({
          urn: platform.urn,
          promised: `${what} between ${lower} (${String(least)} s) and ${upper} (${String(most)} s)`,
          found: `${String(value)} s`,
          fix: "let the blueprint compute it, or change witnessVerdictMilliseconds or the Patroni timings in the stack's config",
        }));
    }),
});
