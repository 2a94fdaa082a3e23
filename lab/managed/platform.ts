import { z } from "zod";
import { addressAt, cidrOf } from "../../config/cidr";
import { platformOf, type LabHost, type LabPlatform, type LabRule } from "../hosts/platform";
import type { ExportedStack } from "../hosts/stack";

/** Machines of the groups that the lab boots: as many as two cores carry, and two of each, so that one may go. */
const machines = [
  { role: "api", letter: "a" },
  { role: "api", letter: "b" },
  { role: "worker", letter: "a" },
  { role: "worker", letter: "b" },
] as const;

/** Addresses that AWS would choose, by their place in a subnet. */
const hostNumbers = { api: 101, worker: 102, postgres: 11, cache: 12, queues: 13, alb: 21, nlb: 22 } as const;

type Subnets = ReadonlyMap<string, { zone: string; cidr: string }>;

/** A stack of managed services as the lab makes it: machines as its groups would launch them, and what AWS would run around them. */
export function managedPlatform(stack: ExportedStack): LabPlatform {
  const platform = platformOf(stack);
  const subnets = new Map(
    stack
      .all("aws:ec2/subnet:Subnet", z.object({ availabilityZone: z.string(), cidrBlock: z.string() }))
      .map(({ id, outputs }) => [id, { zone: outputs.availabilityZone, cidr: outputs.cidrBlock }]),
  );
  return {
    ...platform,
    hosts: machinesOf(stack, subnets),
    services: servicesOf(stack, subnets),
    rules: [...platform.rules, ...["postgres", "cache", "queues"].flatMap(ownRules)],
  };
}

function machinesOf(stack: ExportedStack, subnets: Subnets): LabHost[] {
  const templates = new Map(
    stack
      .all(
        "aws:ec2/launchTemplate:LaunchTemplate",
        z.object({ userData: z.string(), iamInstanceProfile: z.object({ name: z.string() }), vpcSecurityGroupIds: z.array(z.string()) }),
      )
      .map(({ id, outputs }) => [id, outputs]),
  );
  const profiles = stack.all("aws:iam/instanceProfile:InstanceProfile", z.object({ name: z.string(), role: z.string() }));
  const groups = stack.all(
    "aws:autoscaling/group:Group",
    z.object({
      name: z.string(),
      launchTemplate: z.object({ id: z.string() }),
      vpcZoneIdentifiers: z.array(z.string()),
      tags: z.array(z.object({ key: z.string(), value: z.string() })),
    }),
  );
  return machines.map(({ role, letter }) => {
    const group = groups.find(({ outputs }) => outputs.tags.some(({ key, value }) => key === "ha:role" && value === role))?.outputs;
    const template = templates.get(group?.launchTemplate.id ?? "");
    if (group === undefined || template === undefined) throw new Error(`the stack has no group of role ${role} with its launch template`);
    return {
      ...place(`${role}-${letter}`, subnetIn(subnets, group.vpcZoneIdentifiers, letter), hostNumbers[role], template.vpcSecurityGroupIds),
      role,
      instanceId: `i-${Buffer.from(`${role}${letter}`).toString("hex").padEnd(17, "0")}`,
      iamRole: profiles.find(({ outputs }) => outputs.name === template.iamInstanceProfile.name)?.outputs.role ?? "",
      tags: Object.fromEntries(group.tags.map(({ key, value }) => [key, value])),
      userData: template.userData,
      autoScaling: { group: group.name, target: "InService" },
    };
  });
}

function servicesOf(stack: ExportedStack, subnets: Subnets): LabHost[] {
  const ids = z.array(z.string());
  const subnetGroup = (type: string): string[] => stack.all(type, z.object({ subnetIds: ids }))[0]?.outputs.subnetIds ?? [];
  const [cluster] = [
    ...stack.all("aws:rds/cluster:Cluster", z.object({ vpcSecurityGroupIds: ids })),
    ...stack.all("aws:rds/instance:Instance", z.object({ vpcSecurityGroupIds: ids })),
  ];
  if (cluster === undefined) throw new Error("the stack has no managed database");
  const pair = (name: "postgres" | "cache" | "queues", subnetIds: readonly string[], groups: readonly string[]): LabHost[] =>
    ["a", "b"].map((letter) => place(`${name}-${letter}`, subnetIn(subnets, subnetIds, letter), hostNumbers[name], [...groups, ownGroup(name)]));
  const caches = stack.all("aws:elasticache/replicationGroup:ReplicationGroup", z.object({ replicationGroupId: z.string(), securityGroupIds: ids }));
  const balancers = stack.all("aws:lb/loadBalancer:LoadBalancer", z.object({ loadBalancerType: z.string(), securityGroups: ids, subnets: ids }));
  return [
    ...pair("postgres", subnetGroup("aws:rds/subnetGroup:SubnetGroup"), cluster.outputs.vpcSecurityGroupIds),
    ...caches.flatMap(({ outputs }) =>
      pair(
        outputs.replicationGroupId.endsWith("-cache") ? "cache" : "queues",
        subnetGroup("aws:elasticache/subnetGroup:SubnetGroup"),
        outputs.securityGroupIds,
      ),
    ),
    ...balancers.map(({ outputs }) => {
      const name = outputs.loadBalancerType === "application" ? "alb" : "nlb";
      return place(name, subnetIn(subnets, outputs.subnets, "c"), hostNumbers[name], outputs.securityGroups);
    }),
  ];
}

function place(name: string, subnet: { zone: string; cidr: string }, hostNumber: number, groups: readonly string[]): LabHost {
  return {
    name,
    role: "service",
    instanceId: "",
    zone: subnet.zone,
    address: addressAt(cidrOf(subnet.cidr), hostNumber),
    subnetCidr: subnet.cidr,
    groups: [...groups],
    iamRole: "",
    tags: {},
    userData: "",
    volumes: [],
  };
}

function subnetIn(subnets: Subnets, ids: readonly string[], letter: string): { zone: string; cidr: string } {
  const found = ids.flatMap((id) => subnets.get(id) ?? []).find(({ zone }) => zone.endsWith(letter));
  if (found === undefined) throw new Error(`none of the subnets ${ids.join(", ")} is in zone ${letter}`);
  return found;
}

const ownGroup = (name: string): string => `aws-${name}`;

/** Servers of one service reach each other on AWS's own network, which is none of the stack's. */
function ownRules(name: string): LabRule[] {
  const group = ownGroup(name);
  return (["in", "out"] as const).map((direction) => ({
    id: `${group}-${direction}`,
    group,
    direction,
    protocol: "-1",
    ports: undefined,
    peer: { group },
    why: "AWS's own replication",
  }));
}
