import { ports } from "../../../blueprint/ports";
import { rule } from "../../rule";
import { openings } from "../../stack/openings";

/** What the edge is open for: http, which only redirects, and https. */
const publicPorts = [ports.http, ports.https].map((port) => `tcp ${String(port)}-${String(port)}`);
/** Halves and quarters of the internet are the internet; nobody owns as much. A prefix list may be anything. */
const smallestPrefix = { ipv4: 8, ipv6: 16 };

export const onlyEdgeOpen = rule({
  name: "only-edge-open",
  group: "security",
  description: "the internet reaches the edge, at ports 80 and 443, and nothing else",
  why: "Whatever else answers the internet is attacked from the first hour, and a full connection table is an outage.",
  judge: (stack) => {
    const edges = new Set(stack.regions.map(({ blueprint }) => `${blueprint.names.prefix}-edge`));
    return openings(stack)
      .filter(({ from }) => from.some(isInternet))
      .filter(({ group, what }) => !(group !== null && edges.has(group.text("name")) && publicPorts.includes(what)))
      .map(({ item, group, from, what }) => ({
        urn: item.urn,
        promised: `the internet reaches only the edge, at ${publicPorts.join(" and ")}`,
        found: `${group === null ? "a group" : group.name} is open to ${from.join(", ")} for ${what}`,
        fix: "let a security group in instead, or narrower addresses",
      }));
  },
});

function isInternet(from: string): boolean {
  const [address = "", length] = from.split("/");
  if (length === undefined) return true;
  return Number(length) < (address.includes(":") ? smallestPrefix.ipv6 : smallestPrefix.ipv4);
}
