import { rule } from "../../rule";
import { counted, zoneOf } from "../../stack/placement";

export const hostsOverZones = rule({
  name: "hosts-over-zones",
  group: "redundancy",
  description: "the hosts of every role stand in at least two zones",
  why: "A zone is lost as a whole, and every host in it: a role that is in one zone only is lost with it.",
  limits: { zones: { what: "zones over which the hosts of a role stand", stricter: "higher", of: () => 2 } },
  judge: (stack, limits) =>
    stack.regions.flatMap((region) => {
      const instances = region.ofType("aws:ec2/instance:Instance").map((instance) => ({ role: instance.text("tags.ha:role"), zone: zoneOf(stack, instance) }));
      return [...new Set(instances.map(({ role }) => role))].flatMap((role) => {
        const zones = [...new Set(instances.filter((one) => one.role === role).map(({ zone }) => zone))].sort();
        if (zones.length >= limits.zones) return [];
        return [
          {
            urn: region.platform.urn,
            promised: `hosts of role ${role} in at least ${String(limits.zones)} zones`,
            found: counted(zones),
            fix: "give another of its hosts the subnet of another zone",
          },
        ];
      });
    }),
});
