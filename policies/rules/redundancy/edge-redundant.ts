import { balancerType } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { hostsOf } from "../../stack/placement";
import type { Region } from "../../stack/stack";

export const edgeRedundant = rule({
  name: "edge-redundant",
  group: "redundancy",
  description: "clients arrive at two edge hosts that one address moves between, or at a load balancer",
  why: "Whatever is behind it, one entrance is all that has to fail.",
  limits: { edgeHosts: { what: "edge hosts, where there are own ones", stricter: "higher", of: () => 2 } },
  judge: (stack, limits) => stack.regions.flatMap((region) => judgeRegion(region, limits.edgeHosts)),
});

function judgeRegion(region: Region, least: number): Violation[] {
  const { blueprint, platform } = region;
  const wrong = (promised: string, found: string, fix: string): Violation => ({ urn: platform.urn, promised, found, fix });
  const kind = platform.text("blueprint.edge.kind");
  const found: Violation[] = [];
  if (blueprint.hosting !== "managed" && hostsOf(region, "edge").length < least)
    found.push(wrong(`at least ${String(least)} edge hosts`, String(hostsOf(region, "edge").length), "raise edgeHosts in the stack's config"));
  if (kind !== "keepalived") {
    const open = region.ofType(balancerType).filter((balancer) => !internal(balancer));
    if (open.length === 0) found.push(wrong(`a load balancer for clients (edge ${kind})`, "none that is not internal", "deploy the edge whole"));
    return found;
  }
  // An address of a NAT gateway is below the network.
  const edges = region.ofType("ha:edge:KeepalivedEdge");
  const addresses = region.ofType("aws:ec2/eip:Eip").filter((address) => edges.some(({ urn }) => address.data.parent === urn));
  if (addresses.length !== 1) found.push(wrong("one address that the edge hosts move", `${String(addresses.length)} Elastic IPs`, "deploy the edge whole"));
  const [script, fall] = [platform.number("blueprint.edge.vrrp.scriptIntervalSeconds"), platform.number("blueprint.edge.vrrp.scriptFall")];
  if (script <= 0 || fall < 1 || platform.number("blueprint.edge.vrrp.advertSeconds") <= 0)
    found.push(
      wrong("keepalived that gives the address up when HAProxy is gone", `script every ${String(script)} s, fall ${String(fall)}`, "set both above zero"),
    );
  return found;
}

/** AWS's default is a load balancer that the internet reaches; what is not set is not known before the update. */
function internal(balancer: Item): boolean {
  return balancer.knows("internal") && balancer.at("internal") === true;
}
