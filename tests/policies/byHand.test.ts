import assert from "node:assert/strict";
import type { Rule } from "../../policies/rule";
import { finalSnapshotTaken } from "../../policies/rules/data/final-snapshot-taken";
import { imdsv2Required } from "../../policies/rules/security/imdsv2-required";
import { dataInPrivateSubnets } from "../../policies/rules/security/data-in-private-subnets";
import { leastPrivilege } from "../../policies/rules/security/least-privilege";
import { noSecretInUserData } from "../../policies/rules/security/no-secret-in-user-data";
import { onlyEdgeOpen } from "../../policies/rules/security/only-edge-open";
import { unknown, type ItemData } from "../../policies/stack/item";
import { Stack } from "../../policies/stack/stack";
import { verdict } from "../../policies/verdict";
import { goodBlueprint } from "../fixtures/good";

const platform = item("ha:platform:Platform", "bundler-level1", { blueprint: goodBlueprint() });

function item(
  type: string,
  name: string,
  properties: Record<string, unknown>,
  references: Record<string, string[]> = {},
  parent: string | null = null,
): ItemData {
  const urns = Object.fromEntries(Object.entries(references).map(([property, names]) => [property, names.map((one) => `urn:${one}`)]));
  return {
    urn: `urn:${name}`,
    type,
    name,
    properties,
    protected: true,
    parent: parent === null ? null : `urn:${parent}`,
    references: urns,
    region: "us-east-1",
  };
}

/** Names of what a rule has something against, beside a good platform. */
function faulty(rule: Rule, ...items: ItemData[]): string[] {
  return verdict(rule, new Stack([platform, ...items]), {}, { evidence: [], today: new Date("2026-01-01") }).map(
    ({ urn }) => urn?.slice("urn:".length) ?? "stack",
  );
}

describe("what somebody writes into the stack by hand", () => {
  const group = item("aws:ec2/securityGroup:SecurityGroup", "bastion", { name: "bastion", ingress: unknown });
  const edge = item("aws:ec2/securityGroup:SecurityGroup", "edge", { name: "bundler-level1-edge", ingress: unknown });
  const oldRule = (name: string, of: string, properties: Record<string, unknown>): ItemData =>
    item("aws:ec2/securityGroupRule:SecurityGroupRule", name, { type: "ingress", protocol: "tcp", ...properties }, { securityGroupId: [of] });

  it("opens a group by an old rule, for IPv6 or by a prefix list", () => {
    const rules = [
      oldRule("ssh", "bastion", { fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.7/32", "0.0.0.0/0"] }),
      oldRule("six", "bastion", { fromPort: 443, toPort: 443, ipv6CidrBlocks: ["::/0"] }),
      oldRule("list", "bastion", { fromPort: 443, toPort: 443, prefixListIds: ["pl-1"] }),
      oldRule("office", "bastion", { fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.0/24"] }),
      oldRule("https", "edge", { fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }),
    ];
    assert.deepEqual(faulty(onlyEdgeOpen, group, edge, ...rules), ["ssh", "six", "list"]);
  });

  it("opens a group to addresses that nobody knows before the update", () => {
    assert.deepEqual(faulty(onlyEdgeOpen, group, oldRule("late", "bastion", { fromPort: 22, toPort: 22, cidrBlocks: unknown })), ["late"]);
  });

  const policy = (Statement: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement });

  it("permits by leaving something out", () => {
    const everythingBut = item("aws:iam/rolePolicy:RolePolicy", "but", { policy: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::x" }) });
    const everywhereBut = item("aws:iam/policy:Policy", "where", {
      policy: policy([{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::x" }]),
    });
    const denied = item("aws:iam/rolePolicy:RolePolicy", "denied", { policy: policy({ Effect: "Deny", Action: "*", Resource: "*" }) });
    assert.deepEqual(faulty(leastPrivilege, everythingBut, everywhereBut, denied), ["but", "where"]);
  });

  it("permits what is not known before the update: as its component says, and not at all when it says nothing", () => {
    const says = item("ha:host:Profile", "profile", { permits: [{ actions: ["s3:PutObject"], everywhere: true }] });
    const late = (name: string, parent: string | null): ItemData => item("aws:iam/rolePolicy:RolePolicy", name, { policy: unknown }, {}, parent);
    assert.deepEqual(faulty(leastPrivilege, says, late("said", "profile")), ["said"]);
    assert.deepEqual(faulty(leastPrivilege, late("unsaid", null)), ["unsaid"]);
  });

  it("is a machine without a template", () => {
    const secret = `machine example.com login x password y\nhttps://user:${"x".repeat(8)}@example.com/`;
    const machine = item("aws:ec2/instance:Instance", "bastion", { userData: secret, metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } });
    assert.deepEqual(faulty(noSecretInUserData, machine), ["bastion"]);
    assert.deepEqual(faulty(imdsv2Required, machine), ["bastion"]);
  });

  it("is a route in its table", () => {
    const subnets = item("aws:rds/subnetGroup:SubnetGroup", "reports", {}, { subnetIds: ["subnet"] });
    const subnet = item("aws:ec2/subnet:Subnet", "subnet", { mapPublicIpOnLaunch: false });
    const association = item("aws:ec2/routeTableAssociation:RouteTableAssociation", "association", {}, { subnetId: ["subnet"], routeTableId: ["table"] });
    const gateway = item("aws:ec2/internetGateway:InternetGateway", "gateway", {});
    const table = (to: string): ItemData => item("aws:ec2/routeTable:RouteTable", "table", {}, { routes: [to] });
    assert.deepEqual(faulty(dataInPrivateSubnets, subnets, subnet, association, gateway, table("gateway")), ["subnet"]);
    assert.deepEqual(faulty(dataInPrivateSubnets, subnets, subnet, association, gateway, table("nat")), []);
  });

  it("is a database that follows another, which needs no last snapshot", () => {
    const database = (name: string, follows: Record<string, unknown>): ItemData =>
      item("aws:rds/instance:Instance", name, { skipFinalSnapshot: true, deleteAutomatedBackups: false, finalSnapshotIdentifier: "last", ...follows });
    assert.deepEqual(faulty(finalSnapshotTaken, database("replica", { replicateSourceDb: unknown }), database("own", {})), ["own"]);
  });
});
