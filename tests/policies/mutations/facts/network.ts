import type { Mutation } from "../../mutation";

const subnet = "aws:ec2/subnet:Subnet";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Subnets, endpoints, and who may reach whom. */
export const network: readonly Mutation[] = [
  {
    what: "a data subnet is in another's zone",
    stack: "level2-managed",
    type: subnet,
    name: "data-b",
    change: { property: "availabilityZone", value: "us-east-1a" },
    caughtBy: "network-as-promised",
    // They stand in it.
    alsoBy: ["database-as-promised", "redis-as-promised"],
  },
  {
    what: "the second region's VPC has the first one's network",
    stack: "level3-managed",
    type: "aws:ec2/vpc:Vpc",
    name: "-b-network-vpc",
    change: { property: "cidrBlock", value: "10.20.0.0/16" },
    caughtBy: "network-as-promised",
  },
  {
    what: "a private subnet gives its machines public addresses",
    stack: "level1-managed",
    type: subnet,
    name: "private-c",
    change: { property: "mapPublicIpOnLaunch", value: true },
    caughtBy: "network-as-promised",
  },
  {
    what: "hosts reach Secrets Manager only over the internet",
    stack: "level1-selfHosted",
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: "endpoints-secretsmanager",
    change: { removed: true },
    caughtBy: "network-as-promised",
  },
  {
    what: "an endpoint has its interface in one zone only",
    stack: "level3-managed",
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: "level3-endpoints-secretsmanager",
    change: { reference: "subnetIds", type: subnet, to: "level3-network-private-a" },
    caughtBy: "network-as-promised",
  },
  {
    what: "witnesses cannot probe the database",
    stack: "level1-selfHosted",
    type: ingress,
    name: "redis-to-database-5432",
    change: { removed: true },
    caughtBy: "security-rules-as-promised",
  },
  {
    what: "API hosts reach every port of the database",
    stack: "level1-managed",
    type: ingress,
    name: "api-to-database-5432",
    change: { property: "fromPort", value: 0 },
    caughtBy: "security-rules-as-promised",
  },
  {
    what: "the edge reaches the queues",
    stack: "level2-managed",
    type: ingress,
    name: "api-to-redis-6381",
    change: { reference: "referencedSecurityGroupId", type: securityGroup, to: "sg-edge" },
    caughtBy: "security-rules-as-promised",
  },
  {
    what: "the whole VPC reaches the edge's hosts instead of the internet",
    stack: "level2-selfHosted",
    type: ingress,
    name: "internet-to-edge-443",
    change: { property: "cidrIpv4", value: "10.20.0.0/16" },
    caughtBy: "security-rules-as-promised",
  },
  {
    what: "the edge hosts cannot agree who has the address",
    stack: "level1-selfHosted",
    type: ingress,
    name: "edge-to-edge-vrrp",
    change: { property: "ipProtocol", value: "tcp" },
    caughtBy: "security-rules-as-promised",
  },
  {
    what: "the second region's balancer may not ask its API hosts",
    stack: "level3-managed",
    type: ingress,
    name: "-b-sg-balancer-to-api-4001",
    change: { reference: "securityGroupId", type: securityGroup, to: "-b-sg-worker" },
    caughtBy: "security-rules-as-promised",
  },
];
