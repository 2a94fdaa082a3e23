import assert from "node:assert/strict";
import { mustText } from "../../../lab/cloud/properties";
import { Account, network, profile, refusedByCheck } from "./account";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

describe("embedded cloud: network", () => {
  it("makes a VPC with its defaults and refuses one of a size that AWS does not have", () => {
    const account = new Account();
    const vpc = account.make(VPC, { cidrBlock: "10.0.0.0/16" });
    assert.match(vpc.id, /^vpc-0[0-9a-f]{16}$/);
    assert.equal(vpc.properties["arn"], `arn:aws:ec2:us-east-1:123456789012:vpc/${vpc.id}`);
    assert.equal(vpc.properties["enableDnsSupport"], true);
    account.refusesToMake("InvalidVpc.Range", VPC, { cidrBlock: "10.0.0.0/8" });
    refusedByCheck(VPC, { cidrBlock: "10.0.0.1/16" }, "cidrBlock");
    refusedByCheck(VPC, {}, "cidrBlock");
  });

  it("takes subnets inside their VPC and refuses overlaps, strays, unknown zones and unknown VPCs", () => {
    const account = new Account();
    const { vpc } = network(account);
    account.make(SUBNET, { vpcId: vpc.id, cidrBlock: "10.0.3.0/24", availabilityZone: "us-east-1c" });
    account.refusesToMake("InvalidSubnet.Conflict", SUBNET, { vpcId: vpc.id, cidrBlock: "10.0.1.128/25", availabilityZone: "us-east-1a" });
    account.refusesToMake("InvalidSubnet.Range", SUBNET, { vpcId: vpc.id, cidrBlock: "10.1.0.0/24", availabilityZone: "us-east-1a" });
    account.refusesToMake("InvalidParameterValue", SUBNET, { vpcId: vpc.id, cidrBlock: "10.0.4.0/24", availabilityZone: "us-east-1z" });
    account.refusesToMake("InvalidVpcID.NotFound", SUBNET, { vpcId: "vpc-0123", cidrBlock: "10.0.4.0/24" });
  });

  it("does not see a VPC of another region", () => {
    const account = new Account();
    const { vpc } = network(account);
    account.refusesToMake("InvalidVpcID.NotFound", SUBNET, { vpcId: vpc.id, cidrBlock: "10.0.9.0/24", region: "eu-west-1" });
  });

  it("keeps a VPC and a subnet while something is in them, and ends empty in order", () => {
    const account = new Account();
    const { vpc, gateway, subnetA, subnetB } = network(account);
    account.refused("DependencyViolation", () => {
      account.delete(VPC, vpc);
    });
    account.delete(GATEWAY, gateway);
    account.delete(SUBNET, subnetA);
    account.delete(SUBNET, subnetB);
    account.delete(VPC, vpc);
    assert.deepEqual(account.record.everything(), []);
  });

  it("gives a VPC one internet gateway, and keeps it while addresses are mapped", () => {
    const account = new Account();
    const { vpc, gateway, subnetA } = network(account);
    account.refusesToMake("Resource.AlreadyAssociated", GATEWAY, { vpcId: vpc.id });
    const eip = account.make(EIP, { domain: "vpc" });
    const nat = account.make(NAT, { subnetId: subnetA.id, allocationId: eip.id });
    account.refused("DependencyViolation", () => {
      account.delete(GATEWAY, gateway);
    });
    account.refused("InvalidIPAddress.InUse", () => {
      account.delete(EIP, eip);
    });
    account.delete(NAT, nat);
    account.delete(EIP, eip);
    account.delete(GATEWAY, gateway);
  });

  it("refuses a NAT gateway without an internet gateway, without an address or with one in use", () => {
    const account = new Account();
    const { subnetA, subnetB } = network(account);
    const eip = account.make(EIP, {});
    account.refusesToMake("MissingParameter", NAT, { subnetId: subnetA.id });
    account.refusesToMake("InvalidAllocationID.NotFound", NAT, { subnetId: subnetA.id, allocationId: "eipalloc-0" });
    account.make(NAT, { subnetId: subnetA.id, allocationId: eip.id });
    account.refusesToMake("Resource.AlreadyAssociated", NAT, { subnetId: subnetB.id, allocationId: eip.id });
    const bare = account.make(VPC, { cidrBlock: "10.9.0.0/16" });
    const lonely = account.make(SUBNET, { vpcId: bare.id, cidrBlock: "10.9.0.0/24" });
    account.refusesToMake("Gateway.NotAttached", NAT, { subnetId: lonely.id, allocationId: account.make(EIP, {}).id });
  });

  it("routes to gateways of the same VPC, once a destination", () => {
    const account = new Account();
    const { vpc, gateway, subnetA } = network(account);
    const table = account.make(TABLE, { vpcId: vpc.id });
    const other = account.make(VPC, { cidrBlock: "10.8.0.0/16" });
    const stranger = account.make(GATEWAY, { vpcId: other.id });
    account.refusesToMake("InvalidParameterValue", ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: stranger.id });
    account.make(ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
    account.refusesToMake("RouteAlreadyExists", ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
    refusedByCheck(ROUTE, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" }, "the route's target");
    account.make(ASSOCIATION, { routeTableId: table.id, subnetId: subnetA.id });
    account.refusesToMake("Resource.AlreadyAssociated", ASSOCIATION, { routeTableId: table.id, subnetId: subnetA.id });
    account.refused("DependencyViolation", () => {
      account.delete(TABLE, table);
    });
  });

  it("judges endpoints: service, zones, private DNS and second endpoints", () => {
    const account = new Account();
    const { vpc, subnetA, subnetB } = network(account);
    const table = account.make(TABLE, { vpcId: vpc.id });
    const s3 = { vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.s3", routeTableIds: [table.id] };
    account.make(ENDPOINT, s3);
    account.refusesToMake("RouteAlreadyExists", ENDPOINT, s3);
    const secrets = { vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.secretsmanager", vpcEndpointType: "Interface", privateDnsEnabled: true };
    const endpoint = account.make(ENDPOINT, { ...secrets, subnetIds: [subnetA.id, subnetB.id] });
    assert.equal((endpoint.properties["networkInterfaceIds"] as string[]).length, 2);
    account.refusesToMake("InvalidParameter", ENDPOINT, { ...secrets, subnetIds: [subnetA.id] });
    account.refusesToMake("InvalidServiceName", ENDPOINT, { ...secrets, serviceName: "com.amazonaws.eu-west-1.secretsmanager" });
    const second = account.make(SUBNET, { vpcId: vpc.id, cidrBlock: "10.0.7.0/24", availabilityZone: "us-east-1a" });
    account.refusesToMake("DuplicateSubnetsInSameZone", ENDPOINT, {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.kms",
      vpcEndpointType: "Interface",
      subnetIds: [subnetA.id, second.id],
    });
    const plain = account.make(VPC, { cidrBlock: "10.7.0.0/16" });
    account.refusesToMake("InvalidParameter", ENDPOINT, { ...secrets, vpcId: plain.id });
    account.refused("DependencyViolation", () => {
      account.delete(SUBNET, subnetB);
    });
  });

  it("wants a role for flow logs to CloudWatch, and one log a destination", () => {
    const account = new Account();
    const { vpc } = network(account);
    const group = account.make("aws:cloudwatch/logGroup:LogGroup", { name: "/flow" });
    const log = { vpcId: vpc.id, trafficType: "ALL", logDestination: mustText(group.properties, "arn") };
    account.refusesToMake("InvalidParameter", FLOW_LOG, log);
    const iamRoleArn = mustText(profile(account).role.properties, "arn");
    account.make(FLOW_LOG, { ...log, iamRoleArn });
    account.refusesToMake("FlowLogAlreadyExists", FLOW_LOG, { ...log, iamRoleArn });
    account.refusesToMake("InvalidParameter", FLOW_LOG, { ...log, iamRoleArn: "arn:aws:iam::123456789012:role/nobody" });
    refusedByCheck(FLOW_LOG, { trafficType: "ALL" }, "vpcId");
  });

  it("keeps explicit reservations inside the subnet and apart", () => {
    const account = new Account();
    const { subnetA } = network(account);
    const type = "aws:ec2/subnetCidrReservation:SubnetCidrReservation";
    account.make(type, { subnetId: subnetA.id, cidrBlock: "10.0.1.16/28", reservationType: "explicit" });
    account.refusesToMake("InvalidParameterValue", type, { subnetId: subnetA.id, cidrBlock: "10.0.1.16/29", reservationType: "explicit" });
    account.refusesToMake("InvalidParameterValue", type, { subnetId: subnetA.id, cidrBlock: "10.0.2.16/28", reservationType: "explicit" });
  });
});
