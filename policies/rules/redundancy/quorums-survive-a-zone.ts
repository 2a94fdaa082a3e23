import { rule, type Violation } from "../../rule";
import { fullest, hostsOf, onOwnHosts, zoneOf } from "../../stack/placement";

export const quorumsSurviveAZone = rule({
  name: "quorums-survive-a-zone",
  group: "redundancy",
  description: "etcd, Sentinels and witnesses are odd in number, three at the least, and a majority of them outlives any zone",
  why: "Without a majority nobody may be promoted: the database and the queues keep the primary that they have lost.",
  limits: { members: { what: "hosts that vote", stricter: "higher", of: () => 3 } },
  judge: (stack, limits) =>
    onOwnHosts(stack).flatMap((region): Violation[] => {
      // All three vote on the Redis hosts.
      const zones = hostsOf(region, "redis").map((host) => zoneOf(stack, host));
      const members = zones.length;
      const { urn } = region.platform;
      const fix = "place 3, 5 or 7 Redis hosts over three zones (redisHosts in the stack's config)";
      if (members < limits.members || members % 2 === 0)
        return [{ urn, promised: `an odd number of voting hosts, at least ${String(limits.members)}`, found: String(members), fix }];
      const left = members - fullest(zones);
      const majority = Math.floor(members / 2) + 1;
      if (left >= majority) return [];
      return [{ urn, promised: `${String(majority)} of ${String(members)} voting hosts left when a zone is lost`, found: String(left), fix }];
    }),
});
