import { rule, type Violation } from "../../rule";
import { fullest, hostsOf, onOwnHosts, zoneOf } from "../../stack/placement";

export const databaseMembersApart = rule({
  name: "database-members-apart",
  group: "redundancy",
  description: "PostgreSQL on own hosts has three members at the least, no two of them in one zone",
  why: "Patroni promotes the synchronous standby and nobody else; were it in the primary's zone, the loss of that zone would leave nobody to promote.",
  limits: { members: { what: "PostgreSQL members", stricter: "higher", of: () => 3 } },
  judge: (stack, limits) =>
    onOwnHosts(stack).flatMap((region): Violation[] => {
      const zones = hostsOf(region, "database").map((host) => zoneOf(stack, host));
      const { urn } = region.platform;
      if (zones.length < limits.members)
        return [{ urn, promised: `at least ${String(limits.members)} PostgreSQL members`, found: String(zones.length), fix: "raise databaseHosts" }];
      if (fullest(zones) <= 1) return [];
      return [
        { urn, promised: "each PostgreSQL member in a zone of its own", found: zones.join(", "), fix: "have as many zones as members, and one member in each" },
      ];
    }),
});
