import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { groupsOf, hostsOf } from "../../stack/placement";
import type { Region } from "../../stack/stack";

const name = "payment-workers";

export const onePaymentWorkers = rule({
  name: "one-payment-workers",
  group: "redundancy",
  description: "exactly one payment-workers runs at a time, and two machines at the least may run it",
  why: "Two of them credit a payment twice; one that only one machine may run is gone with that machine.",
  limits: { machines: { what: "machines that may run payment-workers", stricter: "higher", of: () => 2 } },
  judge: (stack, { machines }) =>
    stack.regions.flatMap((region): Violation[] => {
      const { urn } = region.platform;
      const single = judgeProcess(region.platform);
      // A region that waits has no workers at all.
      const least = region.blueprint.site === "standby" ? 0 : machines;
      const found = placesOf(region);
      if (found >= least) return single;
      return [
        ...single,
        { urn, promised: `at least ${String(least)} machines for ${name}`, found: String(found), fix: "raise workerHosts in the stack's config" },
      ];
    }),
});

function judgeProcess(platform: Item): Violation[] {
  const paths = platform.list("blueprint.processes").map((_, index) => `blueprint.processes.${String(index)}`);
  const own = paths.filter((path) => platform.text(`${path}.name`) === name);
  const found = own.map((path) => `${platform.text(`${path}.placement`)} × ${String(platform.number(`${path}.instances`))}`);
  if (found.join() === "singleton × 1") return [];
  return [
    { urn: platform.urn, promised: `${name} once, placement singleton`, found: found.length === 0 ? "none" : found.join(", "), fix: "it must never be scaled" },
  ];
}

/** Worker hosts whose files have it, or the least machines of the group that has. */
function placesOf(region: Region): number {
  const { blueprint } = region;
  const addresses = new Set(blueprint.hosts.filter(({ processes }) => processes.includes(name)).map(({ address }) => address));
  const hosts = hostsOf(region, "worker").filter((host) => addresses.has(host.text("privateIp")));
  const grouped = blueprint.groups.some(({ role, processes }) => role === "worker" && processes.includes(name));
  const groups = grouped ? groupsOf(region, "worker").map((group) => group.number("minSize")) : [];
  return hosts.length + groups.reduce((sum, machines) => sum + machines, 0);
}
