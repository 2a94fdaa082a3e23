import assert from "node:assert/strict";
import { publicBalancer, internalBalancer } from "../../../lab/managed/balancers";
import { firstWriteSeconds } from "../../../lab/managed/failures/follow";
import { managedPlatform } from "../../../lab/managed/platform";
import { ExportedStack } from "../../../lab/hosts/stack";
import { hostRuleset } from "../../../lab/hosts/network/rules";
import { hostNamed } from "../../../lab/hosts/platform";
import type { Sent } from "../../../lab/load/plan";
import { managedBlueprint } from "../../fixtures/good";

const subnet = (id: string, zone: string, cidrBlock: string): object => ({
  urn: id,
  type: "aws:ec2/subnet:Subnet",
  id,
  outputs: { availabilityZone: zone, cidrBlock, region: "us-east-1" },
});
const subnets = ["a", "b", "c"].flatMap((letter, index) => [
  subnet(`private-${letter}`, `us-east-1${letter}`, `10.0.${String(index)}.0/24`),
  subnet(`data-${letter}`, `us-east-1${letter}`, `10.0.${String(index + 10)}.0/24`),
]);
const privates = ["private-a", "private-b", "private-c"];
const datas = ["data-a", "data-b", "data-c"];
const one = (type: string, outputs: object): object => ({ urn: type, type, id: type, outputs });
const group = (role: string): object[] => [
  {
    urn: role,
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    id: `lt-${role}`,
    outputs: { userData: Buffer.from(role).toString("base64"), iamInstanceProfile: { name: `profile-${role}` }, vpcSecurityGroupIds: [`sg-${role}`] },
  },
  one("aws:iam/instanceProfile:InstanceProfile", { name: `profile-${role}`, role: `role-${role}` }),
  one("aws:autoscaling/group:Group", {
    name: `stack-${role}`,
    arn: `arn:${role}`,
    launchTemplate: { id: `lt-${role}` },
    vpcZoneIdentifiers: privates,
    tags: [{ key: "ha:role", value: role }],
  }),
];
const redis = (name: string): object =>
  one("aws:elasticache/replicationGroup:ReplicationGroup", { replicationGroupId: `stack-${name}`, securityGroupIds: ["sg-redis"] });
const stack = ExportedStack.parse({
  deployment: {
    resources: [
      one("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
      ...subnets,
      ...group("api"),
      ...group("worker"),
      one("aws:rds/cluster:Cluster", { vpcSecurityGroupIds: ["sg-database"] }),
      one("aws:rds/subnetGroup:SubnetGroup", { subnetIds: datas }),
      one("aws:elasticache/subnetGroup:SubnetGroup", { subnetIds: datas }),
      redis("cache"),
      redis("queues"),
      one("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "application", securityGroups: ["sg-edge"], subnets: privates }),
      one("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "network", securityGroups: ["sg-balancer"], subnets: privates }),
      one("aws:route53/zone:Zone", { name: "stack.internal" }),
      one("aws:route53/record:Record", { ttl: 5 }),
      one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        securityGroupId: "sg-database",
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        referencedSecurityGroupId: "sg-api",
      }),
    ],
  },
});

describe("a stack of managed services in the lab", () => {
  const platform = managedPlatform(stack);

  it("has machines of its groups, each as its launch template says", () => {
    assert.deepEqual(
      platform.hosts.map(({ name, address, groups, iamRole, userData }) => ({
        name,
        address,
        groups,
        iamRole,
        userData: Buffer.from(userData, "base64").toString(),
      })),
      [
        { name: "api-a", address: "10.0.0.101", groups: ["sg-api"], iamRole: "role-api", userData: "api" },
        { name: "api-b", address: "10.0.1.101", groups: ["sg-api"], iamRole: "role-api", userData: "api" },
        { name: "worker-a", address: "10.0.0.102", groups: ["sg-worker"], iamRole: "role-worker", userData: "worker" },
        { name: "worker-b", address: "10.0.1.102", groups: ["sg-worker"], iamRole: "role-worker", userData: "worker" },
      ],
    );
  });

  it("has each service in its own subnets", () => {
    assert.deepEqual(Object.fromEntries(platform.services.map(({ name, address }) => [name, address])), {
      "postgres-a": "10.0.10.11",
      "postgres-b": "10.0.11.11",
      "cache-a": "10.0.10.12",
      "cache-b": "10.0.11.12",
      "queues-a": "10.0.10.13",
      "queues-b": "10.0.11.13",
      alb: "10.0.2.21",
      nlb: "10.0.2.22",
    });
    assert.deepEqual(platform.privateZone, { name: "stack.internal", ttlSeconds: 5 });
  });

  it("lets the database's port be reached by whom the stack permits, and its copy by the writer", () => {
    const text = JSON.stringify(hostRuleset(platform, hostNamed(platform, "postgres-a")));
    assert.match(text, /"10\.0\.0\.101","10\.0\.1\.101"/);
    assert.match(text, /"10\.0\.10\.11","10\.0\.11\.11"/);
    assert.doesNotMatch(text, /10\.0\.0\.102/);
  });
});

describe("what stands in for the load balancers", () => {
  const blueprint = managedBlueprint();

  it("asks the rules in their order and has the same default", () => {
    const rules = publicBalancer(blueprint, []).split("\n");
    const uses = rules.flatMap((line) => /(?:use|default)_backend (\S+)/.exec(line)?.[1] ?? []);
    assert.equal(uses[0], "deny");
    assert.equal(uses.at(-1), "upload");
    assert.ok(rules.some((line) => line.includes("use_backend payment") && line.includes("'^/[vV]1/[rR][aA][tT][eE][sS].*$'")));
  });

  it("passes payment on with the blueprint's checks", () => {
    assert.match(internalBalancer(blueprint, []), /bind :4001[\s\S]*GET \/health/);
    assert.match(internalBalancer(blueprint, []), /inter 5s fall 2 rise 2/);
  });
});

describe("the first write after a name has moved", () => {
  const sent = (kind: Sent["kind"], endedAt: number, status: number): Sent => ({ kind, sentAt: endedAt - 10, endedAt, status, id: "", winc: 0, error: "" });

  it("is the first acknowledged one of its kind", () => {
    const all = [sent("topUp", 900, 200), sent("topUp", 1500, 503), sent("upload", 2000, 200), sent("topUp", 7000, 200), sent("topUp", 8000, 200)];
    assert.equal(firstWriteSeconds(all, "topUp", 1000), 6);
    assert.equal(firstWriteSeconds(all, "upload", 1000), 1);
  });

  it("never comes where there is none", () => {
    assert.equal(firstWriteSeconds([], "topUp", 1000), Infinity);
  });
});
