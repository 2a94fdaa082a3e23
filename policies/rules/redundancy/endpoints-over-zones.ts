import { rule } from "../../rule";
import { counted, zonesOf } from "../../stack/placement";

export const endpointsOverZones = rule({
  name: "endpoints-over-zones",
  group: "redundancy",
  description: "every interface endpoint of an AWS service has interfaces in at least two zones",
  why: "A host fetches its secrets by these when it boots: with the endpoint's only zone lost, no new host comes up in the others.",
  limits: { zones: { what: "zones of an interface endpoint", stricter: "higher", of: () => 2 } },
  judge: (stack, limits) =>
    stack
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      // A gateway endpoint is a route, and AWS's default.
      .filter((endpoint) => endpoint.has("vpcEndpointType") && endpoint.text("vpcEndpointType") === "Interface")
      .flatMap((endpoint) => {
        const zones = zonesOf(stack, endpoint, "subnetIds");
        if (zones.length >= limits.zones) return [];
        return [
          {
            urn: endpoint.urn,
            promised: `an interface in at least ${String(limits.zones)} zones`,
            found: counted(zones),
            fix: "put a subnet of each further zone into subnetIds",
          },
        ];
      }),
});
