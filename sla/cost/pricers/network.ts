import { charge, type Pricer } from "../subject";
import { hoursOfMonth } from "../charge";

/** The network, and what goes through it. A VPC is free; its machines' traffic is not, and stands at it. */
export const networkPricers: Record<string, Pricer> = {
  "aws:ec2/vpc:Vpc": (subject) => [
    charge("internet", "internetOut", subject.amount("internetOutGib")),
    charge("zones", "crossZone", subject.amount("crossZoneGib")),
  ],
  "aws:ec2/natGateway:NatGateway": (subject) => [
    charge("nat", "nat", hoursOfMonth),
    // Each gateway has its part: machines are spread evenly over the zones.
    charge(
      "nat",
      "natTraffic",
      subject.amount("natGib") / subject.ofType(subject.resource.type).filter(({ resource }) => resource.region === subject.resource.region).length,
    ),
  ],
  // Also one that is not in use costs since February 2024.
  "aws:ec2/eip:Eip": () => [charge("addresses", "publicAddress", hoursOfMonth)],
  "aws:ec2/vpcEndpoint:VpcEndpoint": (subject) => {
    const type = subject.text("vpcEndpointType");
    if (type === "Gateway") return [];
    if (type !== "Interface") subject.fault("vpcEndpointType", type, "Gateway or Interface");
    return [
      charge("endpoints", "endpoint", subject.list("subnetIds").length * hoursOfMonth),
      charge("endpoints", "endpointTraffic", subject.amount("endpointGib")),
    ];
  },
  // The way itself is free; it stands in the region that is followed, whose rows go over it to the other, and MinIO's objects.
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": (subject) => {
    const objects = subject.ofType("aws:ec2/instance:Instance").some((instance) => instance.property("tags", "ha:role") === "objects");
    return [charge("regions", "otherRegion", subject.amount("databaseToOtherRegionGib") + (objects ? subject.amount("newObjectsGib") : 0))];
  },
  "aws:ec2/flowLog:FlowLog": (subject) => {
    subject.only("logDestinationType", "cloud-watch-logs");
    return [charge("monitoring", "logs", subject.amount("flowLogGib"))];
  },
};
