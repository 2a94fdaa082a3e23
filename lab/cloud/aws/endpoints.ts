import { flag, json, object, oneOf, set, text } from "../model";
import { isOn, mustText, textAt, textsAt, type Properties } from "../properties";
import { groupsInVpc, oneSubnetAZone, takeAddresses } from "./addresses";
import { ACCOUNT, hex, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { jsonFault } from "./policy";
import * as refer from "./references";
import * as types from "./types";
import { vpcOfSubnet } from "./vpc";

/** Services with gateway endpoints, and those with interface endpoints that the embedded cloud knows. */
const GATEWAY_SERVICES = ["s3", "dynamodb"];
const INTERFACE_SERVICES = [
  ...["s3", "secretsmanager", "kms", "logs", "monitoring", "events", "ec2", "ec2messages", "ssm", "ssmmessages", "sts", "ecr.api", "ecr.dkr"],
  ...["elasticloadbalancing", "autoscaling", "sqs", "sns", "ebs", "backup", "rds", "elasticache"],
];

/** A private way to an AWS service. */
export const vpcEndpoint = awsModel(
  {
    type: types.VPC_ENDPOINT,
    noun: "EC2 VPC Endpoint",
    api: "EC2",
    calls: { create: "CreateVpcEndpoint", update: "ModifyVpcEndpoint", delete: "DeleteVpcEndpoints" },
    scope: "region",
    inputs: {
      vpcId: text({ required: true, replaces: true, refers: refer.vpc() }),
      serviceName: text({ required: true, replaces: true }),
      vpcEndpointType: text({ default: "Gateway", replaces: true, rule: oneOf("Gateway", "Interface") }),
      autoAccept: flag(),
      dnsOptions: object({ dnsRecordIpType: text({ computed: true }), privateDnsOnlyForInboundResolverEndpoint: flag() }, { computed: true }),
      ipAddressType: text({ computed: true, rule: oneOf("ipv4", "dualstack", "ipv6") }),
      policy: json({ computed: true, rule: jsonFault }),
      privateDnsEnabled: flag({ computed: true }),
      routeTableIds: set(text({ refers: refer.routeTable("nothing") }), { computed: true }),
      securityGroupIds: set(text({ refers: refer.securityGroup() }), { computed: true }),
      subnetIds: set(text({ refers: refer.subnet() }), { computed: true }),
    },
    outputs: ["arn", "cidrBlocks", "dnsEntries", "networkInterfaceIds", "ownerId", "prefixListId", "requesterManaged", "state"],
    create: ({ inputs, cloud }) => {
      checkService(cloud, inputs);
      const addresses = checkPlaces(cloud, mustText(inputs, "vpcId"), inputs, undefined);
      const id = newId("vpce");
      const gateway = inputs["vpcEndpointType"] === "Gateway";
      const service = mustText(inputs, "serviceName").split(".").slice(3).join(".");
      return {
        id,
        internal: { addresses },
        outputs: {
          ...places(cloud, inputs),
          arn: cloud.arn("ec2", `vpc-endpoint/${id}`),
          cidrBlocks: [],
          dnsEntries: gateway ? [] : [{ dnsName: `${id}-${hex(8)}.${service}.${cloud.region}.vpce.amazonaws.com`, hostedZoneId: `Z${hex(12).toUpperCase()}` }],
          networkInterfaceIds: Object.keys(addresses).map(() => newId("eni")),
          ownerId: ACCOUNT,
          prefixListId: gateway ? `pl-${hex(8)}` : "",
          requesterManaged: false,
          state: "available",
          policy: textAt(inputs, "policy") ?? JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] }),
          privateDnsEnabled: isOn(inputs, "privateDnsEnabled"),
          ipAddressType: textAt(inputs, "ipAddressType") ?? "ipv4",
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const addresses = checkPlaces(cloud, mustText(resource.properties, "vpcId"), inputs, resource.id);
      const interfaces = textsAt(resource.properties, "networkInterfaceIds");
      return { outputs: { networkInterfaceIds: Object.keys(addresses).map((_, index) => interfaces[index] ?? newId("eni")) }, internal: { addresses } };
    },
    volatile: (olds, news) => (JSON.stringify(olds["subnetIds"]) === JSON.stringify(news["subnetIds"]) ? [] : ["networkInterfaceIds"]),
  },
  "tagged",
);

function checkService(cloud: Cloud, inputs: Properties): void {
  const name = mustText(inputs, "serviceName");
  const prefix = `com.amazonaws.${cloud.region}.`;
  const offered = inputs["vpcEndpointType"] === "Gateway" ? GATEWAY_SERVICES : INTERFACE_SERVICES;
  if (!name.startsWith(prefix) || !offered.includes(name.slice(prefix.length)))
    throw new Refusal("InvalidServiceName", `The Vpc Endpoint Service '${name}' does not exist`);
}

function checkPlaces(cloud: Cloud, vpcId: string, inputs: Properties, ownId: string | undefined): Record<string, string> {
  const others = cloud
    .all(types.VPC_ENDPOINT)
    .filter((one) => one.id !== ownId && one.properties["vpcId"] === vpcId && one.properties["serviceName"] === inputs["serviceName"]);
  const tables = textsAt(inputs, "routeTableIds");
  for (const table of tables) {
    const home = textAt(cloud.get(types.ROUTE_TABLE, table)?.properties, "vpcId") ?? cloud.by(types.VPC, "mainRouteTableId", table)?.id;
    if (home !== vpcId) throw new Refusal("InvalidRouteTableId.NotFound", `Route table ${table} is not in the network ${vpcId}`);
    if (others.some((one) => textsAt(one.properties, "routeTableIds").includes(table)))
      throw new Refusal("RouteAlreadyExists", `route table ${table} already has a route to this service's prefix list`);
  }
  const subnets = textsAt(inputs, "subnetIds");
  if (inputs["vpcEndpointType"] === "Gateway") {
    if (subnets.length > 0 || textsAt(inputs, "securityGroupIds").length > 0)
      throw new Refusal("InvalidParameter", "Gateway endpoints have route tables; subnets and security groups are for interface endpoints");
    return {};
  }
  if (tables.length > 0) throw new Refusal("InvalidParameter", "Route table IDs are only valid for gateway endpoints");
  for (const id of subnets) if (vpcOfSubnet(cloud, id) !== vpcId) throw new Refusal("InvalidParameter", `Subnet ${id} does not belong to VPC ${vpcId}`);
  oneSubnetAZone(cloud, subnets, (id) => new Refusal("DuplicateSubnetsInSameZone", `Found another VPC endpoint subnet in the availability zone of ${id}`));
  groupsInVpc(
    cloud,
    textsAt(inputs, "securityGroupIds"),
    vpcId,
    (id) => new Refusal("InvalidGroup.NotFound", `Security group ${id} does not belong to VPC ${vpcId}`),
  );
  if (isOn(inputs, "privateDnsEnabled")) checkPrivateDns(cloud, vpcId, others.some((one) => isOn(one.properties, "privateDnsEnabled")) ? "taken" : "free");
  return takeAddresses(cloud, subnets);
}

function checkPrivateDns(cloud: Cloud, vpcId: string, domain: "taken" | "free"): void {
  const network = cloud.must(types.VPC, vpcId).properties;
  if (!isOn(network, "enableDnsSupport") || !isOn(network, "enableDnsHostnames")) {
    throw new Refusal("InvalidParameter", `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpcId}`);
  }
  if (domain === "taken")
    throw new Refusal(
      "InvalidParameter",
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for this service in the VPC ${vpcId}`,
    );
}

function places(cloud: Cloud, inputs: Properties): Properties {
  const groups = textsAt(inputs, "securityGroupIds");
  const home = mustText(cloud.must(types.VPC, mustText(inputs, "vpcId")).properties, "defaultSecurityGroupId");
  const without = inputs["vpcEndpointType"] === "Gateway" ? [] : [home];
  return { routeTableIds: textsAt(inputs, "routeTableIds"), subnetIds: textsAt(inputs, "subnetIds"), securityGroupIds: groups.length > 0 ? groups : without };
}
