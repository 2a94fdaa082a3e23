import assert from "node:assert/strict";
import { Account, network, refusedByCheck } from "./account";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("embedded cloud: security groups", () => {
  it("takes a rule by reference and refuses its double, a bad port range and a second source", () => {
    const account = new Account();
    const { vpc } = network(account);
    const web = account.make(GROUP, { name: "web", vpcId: vpc.id });
    const database = account.make(GROUP, { name: "database", vpcId: vpc.id });
    const rule = { securityGroupId: database.id, ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: web.id };
    account.make(INGRESS, rule);
    account.refusesToMake("InvalidPermission.Duplicate", INGRESS, { ...rule, description: "the same again" });
    account.refusesToMake("InvalidParameterValue", INGRESS, { ...rule, fromPort: 9, toPort: 8 });
    account.refusesToMake("InvalidParameterValue", INGRESS, { securityGroupId: database.id, ipProtocol: "udp", cidrIpv4: "10.0.0.0/16" });
    account.make(INGRESS, { securityGroupId: database.id, ipProtocol: "112", referencedSecurityGroupId: web.id });
    refusedByCheck(INGRESS, { ...rule, cidrIpv4: "10.0.0.0/16" }, "referencedSecurityGroupId");
    refusedByCheck(INGRESS, { ...rule, description: "the app's port" }, "description");
    refusedByCheck(INGRESS, { ...rule, ipProtocol: "vrrp" }, "ipProtocol");
  });

  it("refuses unknown groups, groups of two networks and a name twice in one VPC", () => {
    const account = new Account();
    const { vpc } = network(account);
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    const here = account.make(GROUP, { name: "web", vpcId: vpc.id });
    const there = account.make(GROUP, { name: "web", vpcId: other.id });
    account.refusesToMake("InvalidGroup.Duplicate", GROUP, { name: "web", vpcId: vpc.id });
    account.refusesToMake("InvalidGroup.NotFound", INGRESS, { securityGroupId: here.id, ipProtocol: "-1", referencedSecurityGroupId: there.id });
    account.refusesToMake("InvalidGroup.NotFound", INGRESS, { securityGroupId: "sg-0", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" });
  });

  it("keeps a group that another group's rule names, and takes its own rules with it", () => {
    const account = new Account();
    const { vpc } = network(account);
    const web = account.make(GROUP, { name: "web", vpcId: vpc.id });
    const database = account.make(GROUP, { name: "database", vpcId: vpc.id });
    account.make(INGRESS, { securityGroupId: database.id, ipProtocol: "-1", referencedSecurityGroupId: web.id });
    account.make(INGRESS, { securityGroupId: web.id, ipProtocol: "-1", referencedSecurityGroupId: web.id });
    account.refused("DependencyViolation", () => {
      account.delete(GROUP, web);
    });
    account.delete(GROUP, database);
    assert.equal(account.record.all(INGRESS).length, 1);
    account.delete(GROUP, web);
    assert.equal(account.record.all(INGRESS).length, 0);
  });

  it("has room for 60 rules of a direction, as a new account does", () => {
    const account = new Account();
    const { vpc } = network(account);
    const group = account.make(GROUP, { vpcId: vpc.id });
    const rule = (port: number) => ({ securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4: "10.0.0.0/16" });
    for (let port = 1; port <= 60; port += 1) account.make(INGRESS, rule(port));
    account.refusesToMake("RulesPerSecurityGroupLimitExceeded", INGRESS, rule(61));
  });

  it("takes over the default group of a VPC", () => {
    const account = new Account();
    const { vpc } = network(account);
    const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
    const group = account.make(type, { vpcId: vpc.id });
    assert.equal(group.id, vpc.properties["defaultSecurityGroupId"]);
    account.delete(type, group);
  });
});
