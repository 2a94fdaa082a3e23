import { rule, type Violation } from "../../rule";
import { onOwnHosts } from "../../stack/placement";
import type { Region } from "../../stack/stack";

export const sentinelsFailOver = rule({
  name: "sentinels-fail-over",
  group: "redundancy",
  description: "each Redis has Sentinels of its own, which try again within minutes and let replicas follow the new master",
  why: "Two masters under one Sentinel, lost together, spoil each other's vote; a replica that is not told to follow acknowledges nothing, and writes stop.",
  limits: {
    // Redis's own default (redis sentinel.c, SENTINEL_DEFAULT_FAILOVER_TIMEOUT).
    failoverSeconds: { what: "seconds of one attempt at a failover", stricter: "lower", of: () => 180 },
  },
  judge: (stack, { failoverSeconds }) => onOwnHosts(stack).flatMap((region) => [...judgeTimings(region, failoverSeconds), ...judgePorts(region)]),
});

function judgeTimings({ platform }: Region, most: number): Violation[] {
  const sentinel = (what: string): number => platform.number(`blueprint.redis.sentinel.${what}`);
  const { urn } = platform;
  const [down, failover, syncs] = [sentinel("downAfterMilliseconds") / 1000, sentinel("failoverTimeoutMilliseconds") / 1000, sentinel("parallelSyncs")];
  const found: Violation[] = [];
  if (down <= 0 || failover <= down || failover > most)
    found.push({
      urn,
      promised: `a failover's time longer than down-after (${String(down)} s), and at most ${String(most)} s`,
      found: `${String(failover)} s`,
      fix: "change failoverTimeoutMilliseconds in the blueprint, or redisDownAfterMilliseconds in the stack's config",
    });
  // With zero Sentinel tells no replica (redis sentinel.c, sentinelFailoverReconfNextSlave).
  if (syncs < 1)
    found.push({ urn, promised: "replicas that follow the new master, one at a time at least", found: `parallelSyncs ${String(syncs)}`, fix: "set it to 1" });
  return found;
}

function judgePorts({ platform }: Region): Violation[] {
  const instances = platform.list("blueprint.redis.instances").map((_, index) => `blueprint.redis.instances.${String(index)}`);
  const ports = instances.map((path) => platform.number(`${path}.sentinelPort`));
  const names = new Set(instances.map((path) => platform.text(`${path}.name`)));
  if (names.has("cache") && names.has("queues") && new Set(ports).size === ports.length) return [];
  return [
    {
      urn: platform.urn,
      promised: "Sentinels of their own for cache and queues",
      found: `${[...names].join(", ")} with Sentinels at ${ports.join(", ")}`,
      fix: "give each Redis a sentinelPort of its own in the blueprint",
    },
  ];
}
