import { rule, type Violation } from "../../rule";
import { hostsOf, onOwnHosts } from "../../stack/placement";

export const queuesAcknowledgedByAReplica = rule({
  name: "queues-acknowledged-by-a-replica",
  group: "redundancy",
  description: "a Redis master on own hosts takes writes only while a replica follows it closely, and still with one replica lost",
  why: "A master that is cut off with clients on its side takes writes that are discarded when it returns; this ends it within seconds.",
  limits: {
    replicas: { what: "replicas without which a master takes no writes", stricter: "higher", of: () => 1 },
    // Redis's own default of min-replicas-max-lag; measured in drills: 1,932 writes lost with 2 s, 8,006 with 10 s.
    lagSeconds: { what: "seconds for which a replica may be silent", stricter: "lower", of: () => 10 },
  },
  judge: (stack, { replicas, lagSeconds }) =>
    onOwnHosts(stack).flatMap((region): Violation[] => {
      const { platform } = region;
      const { urn } = platform;
      const [needed, lag] = [platform.number("blueprint.redis.minReplicasToWrite"), platform.number("blueprint.redis.minReplicasMaxLagSeconds")];
      // Of the hosts one is the master, and one may be lost.
      const most = hostsOf(region, "redis").length - 2;
      const found: Violation[] = [];
      if (needed < replicas || needed > Math.max(most, replicas))
        found.push({
          urn,
          promised: `min-replicas-to-write of at least ${String(replicas)}, and at most ${String(most)}, the replicas that are left when one is lost`,
          found: String(needed),
          fix: "change minReplicasToWrite in the blueprint",
        });
      if (lag <= 0 || lag > lagSeconds)
        found.push({
          urn,
          promised: `min-replicas-max-lag of 1 to ${String(lagSeconds)} s`,
          // 0 switches the whole setting off (redis.conf, min-replicas-max-lag).
          found: `${String(lag)} s`,
          fix: "lower redisMinReplicasMaxLagSeconds in the stack's config",
        });
      return found;
    }),
});
