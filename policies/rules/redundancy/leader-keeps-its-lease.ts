import { rule, type Violation } from "../../rule";
import { onOwnHosts } from "../../stack/placement";

/** Patroni raises a smaller one by itself since 3.2 (config.py, _validate), and what runs is then not what is promised. */
const shortestTtlSeconds = 20;

export const leaderKeepsItsLease = rule({
  name: "leader-keeps-its-lease",
  group: "redundancy",
  description: "a healthy primary keeps its lease through a slow etcd, and its place through one that is gone",
  why: "Else trouble of etcd is an outage of the database: its loss demoted a healthy primary for 45 s in a drill, and with failsafe mode for none.",
  judge: (stack) =>
    onOwnHosts(stack).flatMap(({ platform }): Violation[] => {
      const patroni = (what: string): number => platform.number(`blueprint.database.patroni.${what}`);
      const [ttl, loop, retry] = [patroni("ttlSeconds"), patroni("loopWaitSeconds"), patroni("retryTimeoutSeconds")];
      const { urn } = platform;
      const found: Violation[] = [];
      if (ttl < shortestTtlSeconds)
        found.push({ urn, promised: `a lease of at least ${String(shortestTtlSeconds)} s`, found: `${String(ttl)} s`, fix: "raise patroniTtlSeconds" });
      // Patroni, dynamic configuration: loop_wait + 2 * retry_timeout <= ttl.
      if (loop + 2 * retry > ttl)
        found.push({
          urn,
          promised: `loop wait and two retries within the lease of ${String(ttl)} s`,
          found: `${String(loop)} + 2 × ${String(retry)} = ${String(loop + 2 * retry)} s`,
          fix: "lower patroniLoopWaitSeconds or patroniRetryTimeoutSeconds, or raise patroniTtlSeconds",
        });
      if (!platform.flag("blueprint.database.patroni.failsafeMode"))
        found.push({ urn, promised: "failsafe mode", found: "failsafeMode false", fix: "set it to true in the blueprint" });
      return found;
    }),
});
