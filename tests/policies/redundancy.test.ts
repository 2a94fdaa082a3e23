import assert from "node:assert/strict";
import { makePlan } from "../../blueprint";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import type { Rule } from "../../policies/rule";
import { balancersOverZones } from "../../policies/rules/redundancy/balancers-over-zones";
import { capacityAfterZoneLoss } from "../../policies/rules/redundancy/capacity-after-zone-loss";
import { clientsReachEitherRegion } from "../../policies/rules/redundancy/clients-reach-either-region";
import { databaseHasStandby } from "../../policies/rules/redundancy/database-has-standby";
import { databaseMembersApart } from "../../policies/rules/redundancy/database-members-apart";
import { edgeRedundant } from "../../policies/rules/redundancy/edge-redundant";
import { groupsOverZones } from "../../policies/rules/redundancy/groups-over-zones";
import { minioSurvivesAZone } from "../../policies/rules/redundancy/minio-survives-a-zone";
import { natPerZone } from "../../policies/rules/redundancy/nat-per-zone";
import { quorumsSurviveAZone } from "../../policies/rules/redundancy/quorums-survive-a-zone";
import { redisFailsOver } from "../../policies/rules/redundancy/redis-fails-over";
import { steadyInstanceClasses } from "../../policies/rules/redundancy/steady-instance-classes";
import { votesAreMajorities } from "../../policies/rules/redundancy/votes-are-majorities";
import { unknown, type ItemData } from "../../policies/stack/item";
import { Stack } from "../../policies/stack/stack";
import { verdict } from "../../policies/verdict";
import { goodBlueprint, goodSettings, level2Overrides, managedBlueprint, managedOverrides, minioOverrides, nlbOverrides } from "../fixtures/good";
import { item, stackOf, subnetOf, urnOf } from "./items";

const given = { evidence: [], today: new Date("2026-11-27T00:00:00Z") };
const [a, b, c] = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;

function silent(rule: Rule, stack: Stack, limits: Record<string, number> = {}): void {
  assert.deepEqual(verdict(rule, stack, { limits }, given), []);
}

/** One violation, and what it found. */
function caught(rule: Rule, stack: Stack, found: RegExp, limits: Record<string, number> = {}): void {
  const violations = verdict(rule, stack, { limits }, given);
  assert.equal(violations.length, 1, JSON.stringify(violations));
  assert.match(violations[0]?.found ?? "", found);
}

/** MinIO of so many hosts, one after the other over the zones. */
function minio(hosts: number, drivesPerHost: number, parity: number): SelfHostedBlueprint {
  const blueprint = structuredClone(goodBlueprint({ ...minioOverrides, minioHosts: 9, minioDrivesPerHost: 1 }));
  const { objects } = blueprint;
  assert.ok(objects.minio);
  objects.minio = { ...objects.minio, drivesPerHost, parity };
  return { ...blueprint, hosts: blueprint.hosts.filter(({ role, index }) => role !== "objects" || index <= hosts) };
}

describe("redundancy of MinIO", () => {
  // Audit §4, and the layout that the program has for three hosts a zone.
  for (const [hosts, drives, parity, left] of [
    [4, 4, 4, "8 of 16"],
    [4, 4, 6, "8 of 16"],
    [4, 4, 8, "8 of 16"],
    [6, 2, 4, null],
    [6, 2, 3, "8 of 12"],
    [8, 2, 4, "10 of 16"],
    [9, 1, 4, null],
    [9, 2, 6, "18 drives"],
  ] as const)
    it(`${String(hosts)} × ${String(drives)} with EC:${String(parity)} ${left === null ? "survives" : "does not survive"} a zone`, () => {
      const stack = stackOf(minio(hosts, drives, parity));
      if (left === null) silent(minioSurvivesAZone, stack);
      else caught(minioSurvivesAZone, stack, new RegExp(`^${left}`));
    });

  it("counts drives where the hosts stand, not where the blueprint has them", () => {
    const blueprint = minio(6, 2, 4);
    caught(
      minioSurvivesAZone,
      stackOf({ ...blueprint, hosts: blueprint.hosts.map((host) => (host.name === "minio-4" ? { ...host, zone: b } : host)) }),
      /^6 of 12/,
    );
  });
});

describe("redundancy of a network load balancer before own edge hosts", () => {
  const blueprint = goodBlueprint({ ...level2Overrides, ...nlbOverrides });
  const nlb = (zones: readonly string[], crosses = true): ItemData =>
    item(
      "aws:lb/loadBalancer:LoadBalancer",
      "nlb",
      { loadBalancerType: "network", internal: unknown, enableCrossZoneLoadBalancing: crosses, subnetMappings: zones.map(() => ({ subnetId: unknown })) },
      { subnetMappings: zones.map((zone) => subnetOf("public", zone)) },
    );

  it("is there, over all zones", () => {
    silent(edgeRedundant, stackOf(blueprint, nlb([a, b, c])));
    silent(balancersOverZones, stackOf(blueprint, nlb([a, b, c])));
  });

  it("is missed", () => {
    caught(edgeRedundant, stackOf(blueprint), /^none/);
  });

  it("does not stand for a second edge host", () => {
    caught(edgeRedundant, stackOf({ ...blueprint, hosts: blueprint.hosts.filter(({ name }) => name !== "edge-2") }, nlb([a, b, c])), /^1$/);
  });

  it("is in too few zones, or answers for its own zone only", () => {
    caught(balancersOverZones, stackOf(blueprint, nlb([a, b])), /^2: us-east-1a, us-east-1b/);
    caught(balancersOverZones, stackOf(blueprint, nlb([a, b, c], false)), /false/);
  });

  it("is in zones that nobody knows", () => {
    caught(balancersOverZones, stackOf(blueprint, item("aws:lb/loadBalancer:LoadBalancer", "nlb", { subnets: ["subnet-1"] })), /no subnet of the stack's/);
  });
});

describe("redundancy of managed databases", () => {
  const clusterUrn = urnOf("aws:rds/cluster:Cluster", "database");
  const subnets = (...zones: string[]): ItemData =>
    item("aws:rds/subnetGroup:SubnetGroup", "subnets", { subnetIds: zones.map(() => unknown) }, { subnetIds: zones.map((zone) => subnetOf("data", zone)) });
  const inSubnets = { dbSubnetGroupName: [urnOf("aws:rds/subnetGroup:SubnetGroup", "subnets")] };
  const cluster = (engine: string): ItemData => item("aws:rds/cluster:Cluster", "database", { engine }, inSubnets);
  const instances = (...zones: string[]): ItemData[] =>
    zones.map((availabilityZone, index) =>
      item("aws:rds/clusterInstance:ClusterInstance", `instance-${String(index)}`, { availabilityZone }, { clusterIdentifier: [clusterUrn] }),
    );
  const ofThree = managedBlueprint({ level: 2, managedDatabase: "rdsCluster", databaseInstanceClass: "db.m6gd.large" });
  const aurora = managedBlueprint({ level: 2 });

  it("a cluster of three has three zones to stand in", () => {
    silent(databaseHasStandby, stackOf(ofThree, cluster("postgres"), subnets(a, b, c)));
    caught(databaseHasStandby, stackOf(ofThree, cluster("postgres"), subnets(a, b)), /^2: /);
  });

  it("Aurora has an instance to take over, in another zone", () => {
    silent(databaseHasStandby, stackOf(aurora, cluster("aurora-postgresql"), subnets(a, b, c), ...instances(a, b)));
    caught(databaseHasStandby, stackOf(aurora, cluster("aurora-postgresql"), subnets(a, b, c), ...instances(a)), /^1$/);
    caught(databaseHasStandby, stackOf(aurora, cluster("aurora-postgresql"), subnets(a, b, c), ...instances(a, a)), /^1: us-east-1a/);
  });

  it("a second region's Aurora without instances is none", () => {
    caught(databaseHasStandby, stackOf(aurora, cluster("aurora-postgresql"), subnets(a, b, c)), /^0$/);
  });

  it("an instance that somebody wrote beside Aurora is judged, and a read replica is not", () => {
    const good = [cluster("aurora-postgresql"), subnets(a, b, c), ...instances(a, b)];
    const written = (properties: Record<string, unknown>): ItemData => item("aws:rds/instance:Instance", "written", properties, inSubnets);
    silent(databaseHasStandby, stackOf(aurora, ...good, written({ multiAz: true })));
    caught(databaseHasStandby, stackOf(aurora, ...good, written({ multiAz: false })), /multiAz false/);
    caught(databaseHasStandby, stackOf(aurora, ...good, written({})), /multiAz is missing/);
    silent(databaseHasStandby, stackOf(aurora, ...good, written({ multiAz: false, replicateSourceDb: "arn:aws:rds:…" })));
  });

  it("a config may ask for a third instance, and not for one only", () => {
    const stack = stackOf(aurora, cluster("aurora-postgresql"), subnets(a, b, c), ...instances(a, b));
    caught(databaseHasStandby, stack, /^2$/, { auroraInstances: 3 });
    caught(databaseHasStandby, stack, /config says 1/, { auroraInstances: 1 });
  });
});

describe("redundancy of an accelerator before two regions", () => {
  const plan = makePlan(
    goodSettings({
      ...managedOverrides,
      level: 3,
      standbyRegion: "us-west-2",
      standbyCertificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/89abcdef-0123-4567-89ab-cdef01234567",
      traffic: "globalAccelerator",
    }),
  );
  assert.ok(plan.standby);
  const second = urnOf("ha:platform:Platform", "second");
  const balancerType = "aws:lb/loadBalancer:LoadBalancer";
  const regions: ItemData[] = [
    { ...item("ha:platform:Platform", "platform", { blueprint: plan.primary }), parent: null },
    { ...item("ha:platform:Platform", "second", { blueprint: plan.standby }), parent: null },
    item(balancerType, "first", {}),
    { ...item(balancerType, "other", {}), parent: second },
  ];
  const endpoint = (endpointGroupRegion: string, balancer: string): ItemData =>
    item(
      "aws:globalaccelerator/endpointGroup:EndpointGroup",
      endpointGroupRegion,
      { endpointGroupRegion },
      { endpointConfigurations: [urnOf(balancerType, balancer)] },
    );

  it("has an endpoint in each", () => {
    silent(clientsReachEitherRegion, new Stack([...regions, endpoint("us-east-1", "first"), endpoint("us-west-2", "other")]));
  });

  it("has one in the first only, or the first one's in both", () => {
    caught(clientsReachEitherRegion, new Stack([...regions, endpoint("us-east-1", "first")]), /none/);
    caught(clientsReachEitherRegion, new Stack([...regions, endpoint("us-east-1", "first"), endpoint("us-west-2", "first")]), /none/);
  });
});

describe("redundancy of hosts that vote", () => {
  it("five Redis hosts over three zones outlive any of them, and three of them decide", () => {
    const stack = stackOf(goodBlueprint({ redisHosts: 5 }));
    silent(quorumsSurviveAZone, stack);
    silent(votesAreMajorities, stack);
  });

  it("five of which three share a zone do not", () => {
    const blueprint = goodBlueprint({ redisHosts: 5 });
    caught(
      quorumsSurviveAZone,
      stackOf({ ...blueprint, hosts: blueprint.hosts.map((host) => (host.name === "redis-3" ? { ...host, zone: a } : host)) }),
      /^2$/,
    );
  });

  it("a third database member shares the zone of another", () => {
    const blueprint = goodBlueprint();
    const hosts = blueprint.hosts.map((host) => (host.name === "db-3" ? { ...host, zone: a } : host));
    caught(databaseMembersApart, stackOf({ ...blueprint, hosts }), /us-east-1a, us-east-1b, us-east-1a/);
  });
});

describe("redundancy of what somebody wrote by hand", () => {
  const blueprint = goodBlueprint();

  it("a Redis of one node, but neither a memcached nor a node of a group", () => {
    const cluster = (engine: string, replicationGroupId: unknown): ItemData =>
      item("aws:elasticache/cluster:Cluster", "written", { engine, replicationGroupId });
    for (const none of ["", unknown, undefined]) {
      caught(redisFailsOver, stackOf(blueprint, cluster("redis", none)), /none/);
      silent(redisFailsOver, stackOf(blueprint, cluster("memcached", none)));
    }
    silent(redisFailsOver, stackOf(blueprint, cluster("redis", "a-group")));
  });

  it("a sharded Redis by the replicas of each shard", () => {
    const sharded = (replicas: number): ItemData[] => [
      item(
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "written",
        { automaticFailoverEnabled: true, multiAzEnabled: true, numCacheClusters: unknown, replicasPerNodeGroup: replicas },
        { subnetGroupName: [urnOf("aws:elasticache/subnetGroup:SubnetGroup", "subnets")] },
      ),
      item("aws:elasticache/subnetGroup:SubnetGroup", "subnets", { subnetIds: [unknown, unknown] }, { subnetIds: [subnetOf("data", a), subnetOf("data", b)] }),
    ];
    silent(redisFailsOver, stackOf(blueprint, ...sharded(1)));
    caught(redisFailsOver, stackOf(blueprint, ...sharded(0)), /^0$/);
  });

  it("a route table with its routes in it", () => {
    const table = urnOf("aws:ec2/routeTable:RouteTable", "own");
    const nat = (zone: string): ItemData => item("aws:ec2/natGateway:NatGateway", zone, {}, { subnetId: [subnetOf("public", zone)] });
    const ways = (natZone: string): ItemData[] => [
      nat(natZone),
      item("aws:ec2/routeTable:RouteTable", "own", {}, { routes: [urnOf("aws:ec2/natGateway:NatGateway", natZone)] }),
      item("aws:ec2/subnet:Subnet", "further", { availabilityZone: c, cidrBlock: "10.20.240.0/24" }),
      item("aws:ec2/routeTableAssociation:RouteTableAssociation", "own", {}, { subnetId: [urnOf("aws:ec2/subnet:Subnet", "further")], routeTableId: [table] }),
    ];
    const wrong = (stack: Stack): string[] =>
      verdict(natPerZone, stack, {}, given)
        .filter(({ urn }) => urn === urnOf("aws:ec2/subnet:Subnet", "further"))
        .map(({ found }) => found);
    assert.deepEqual(wrong(stackOf(blueprint, ...ways(c))), []);
    assert.deepEqual(wrong(stackOf(blueprint, ...ways(a))), ["its default route goes to one in us-east-1a"]);
  });

  it("a group that prefers other machines than its template's", () => {
    const mixed = (instanceType: string): ItemData =>
      item("aws:autoscaling/group:Group", "written", { mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceType }] } } });
    silent(steadyInstanceClasses, stackOf(goodBlueprint(level2Overrides), mixed("m7i.large")));
    caught(steadyInstanceClasses, stackOf(goodBlueprint(level2Overrides), mixed("t3.large")), /t3\.large/);
    silent(steadyInstanceClasses, stackOf(goodBlueprint(), mixed("t3.large")));
  });
});

describe("redundancy before anything exists", () => {
  const group = (zones: readonly string[]): ItemData =>
    item(
      "aws:autoscaling/group:Group",
      "api",
      { minSize: 6, tags: [{ key: "ha:role", value: "api" }], vpcZoneIdentifiers: unknown },
      { vpcZoneIdentifiers: zones.map((zone) => subnetOf("private", zone)) },
    );

  it("zones are those of the subnets that a group refers to", () => {
    const blueprint = managedBlueprint({ level: 2 });
    silent(groupsOverZones, stackOf(blueprint, group([a, b, c])));
    caught(groupsOverZones, stackOf(blueprint, group([a, b])), /^2: /);
  });

  it("a config may ask for more to be left of a level", () => {
    const stack = stackOf(goodBlueprint(level2Overrides));
    silent(capacityAfterZoneLoss, stack);
    assert.equal(verdict(capacityAfterZoneLoss, stack, { limits: { percent: 75 } }, given).length, 2);
  });
});
