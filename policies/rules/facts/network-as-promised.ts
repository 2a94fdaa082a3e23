import { differences, paired } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Region, Stack } from "../../stack/stack";

const tiers = ["public", "private", "data"] as const;

export const networkAsPromised = rule({
  name: "network-as-promised",
  group: "facts",
  description: "the VPC has the blueprint's network, with one subnet for each tier in each zone, and the blueprint's endpoints with an interface in each zone",
  why: "A zone that is lost takes with it what stands in its subnets: a subnet in another zone than the blueprint says moves hosts between failures.",
  judge: (stack) => stack.regions.flatMap((region) => [...judgeVpc(region), ...judgeSubnets(region), ...judgeEndpoints(stack, region)]),
});

function judgeVpc(region: Region): Violation[] {
  return paired(
    region,
    "VPC with the network",
    [region.blueprint.network.vpcCidr],
    (cidr) => cidr,
    region.ofType("aws:ec2/vpc:Vpc"),
    (item) => item.text("cidrBlock"),
  ).violations;
}

function judgeSubnets(region: Region): Violation[] {
  const promised = region.blueprint.network.zones.flatMap((zone) => tiers.map((tier) => ({ zone: zone.name, tier, cidr: zone.cidrs[tier] })));
  const { pairs, violations } = paired(
    region,
    "subnet",
    promised,
    ({ cidr }) => cidr,
    region.ofType("aws:ec2/subnet:Subnet"),
    (item) => item.text("cidrBlock"),
  );
  return [
    ...violations,
    ...pairs.flatMap(({ promised: { zone, tier }, item }) =>
      differences(item, `the ${tier} subnet of ${zone}`, [
        ["zone", zone, item.text("availabilityZone")],
        // Of the three tiers only the public one is reached from the internet.
        ["public addresses", tier === "public", item.flag("mapPublicIpOnLaunch")],
      ]),
    ),
  ];
}

function judgeEndpoints(stack: Stack, region: Region): Violation[] {
  const { network, region: name } = region.blueprint;
  const { pairs, violations } = paired(
    region,
    "endpoint",
    ["s3", ...network.interfaceEndpoints],
    (service) => `com.amazonaws.${name}.${service}`,
    region.ofType("aws:ec2/vpcEndpoint:VpcEndpoint"),
    (item) => item.text("serviceName"),
  );
  const zones = network.zones.map((zone) => zone.name).sort();
  return [
    ...violations,
    ...pairs.flatMap(({ promised, item }) =>
      promised === "s3"
        ? []
        : differences(item, `the endpoint of ${promised}`, [
            [
              "interfaces in",
              zones,
              stack
                .referred(item, "subnetIds", "aws:ec2/subnet:Subnet")
                .map((subnet) => subnet.text("availabilityZone"))
                .sort(),
            ],
          ]),
    ),
  ];
}
