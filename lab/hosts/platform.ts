import { z } from "zod";
import { addressAt, cidrOf } from "../../config/cidr";
import type { ExportedStack } from "./stack";

/** A host of the stack, as the cloud would start it. */
export interface LabHost {
  name: string;
  role: string;
  instanceId: string;
  zone: string;
  address: string;
  subnetCidr: string;
  groups: string[];
  /** Name of the IAM role whose credentials its metadata service gives. */
  iamRole: string;
  tags: Record<string, string>;
  /** As EC2 keeps it: base64. */
  userData: string;
  volumes: { device: string; volumeId: string; sizeGib: number }[];
  /** Of a machine of an Auto Scaling group: the group, and what the group wants it to become. */
  autoScaling?: { group: string; target: "InService" | "Terminated" };
}

/** One security-group rule. */
export interface LabRule {
  id: string;
  group: string;
  direction: "in" | "out";
  /** `tcp`, `udp`, `-1` (everything) or a protocol's number. */
  protocol: string;
  ports: { from: number; to: number } | undefined;
  peer: { cidr: string } | { group: string };
  why: string;
}

/** An interface endpoint: an AWS service at an address of the VPC. */
export interface LabEndpoint {
  service: string;
  groups: string[];
  addresses: { zone: string; address: string }[];
}

export interface LabZone {
  name: string;
  letter: string;
  subnets: string[];
}

export interface LabRole {
  name: string;
  statements: PolicyStatement[];
}

export interface PolicyStatement {
  effect: "Allow" | "Deny";
  actions: string[];
  resources: string[];
  conditions: Record<string, Record<string, string | string[]>>;
}

/** Everything of an exported stack that the lab makes: plain data. `secrets` holds values, so it never reaches a log. */
export interface LabPlatform {
  region: string;
  vpcCidr: string;
  zones: LabZone[];
  hosts: LabHost[];
  /** What AWS runs in the stack's network: load balancers, databases. Without user data, since they are nobody's hosts. */
  services: LabHost[];
  /** The stack's private hosted zone, for which the resolver asks another server. */
  privateZone: { name: string; ttlSeconds: number } | undefined;
  rules: LabRule[];
  endpoints: LabEndpoint[];
  elasticIps: { allocationId: string; arn: string; address: string; name: string }[];
  secrets: { name: string; arn: string; keyArn: string; value: string | undefined }[];
  buckets: { name: string; keyArn: string | undefined }[];
  roles: LabRole[];
  /** Auto Scaling groups. */
  groups: { name: string; arn: string }[];
}

const tagged = z.object({ tagsAll: z.record(z.string(), z.string()).default({}) });

/** Reads the platform out of an exported stack. Throws with the name of what the lab has no counterpart for. */
export function platformOf(stack: ExportedStack): LabPlatform {
  const subnets = stack.all("aws:ec2/subnet:Subnet", z.object({ availabilityZone: z.string(), cidrBlock: z.string(), region: z.string() }));
  const [vpc] = stack.all("aws:ec2/vpc:Vpc", z.object({ cidrBlock: z.string() }));
  const [first] = subnets;
  if (vpc === undefined || first === undefined) throw new Error("the stack has no VPC with subnets, and the lab boots hosts in one");
  const subnetOf = new Map(subnets.map(({ id, outputs }) => [id, outputs]));
  const zones = [...new Set(subnets.map(({ outputs }) => outputs.availabilityZone))].sort();
  return {
    region: first.outputs.region,
    vpcCidr: vpc.outputs.cidrBlock,
    zones: zones.map((name) => ({
      name,
      letter: name.slice(-1),
      subnets: subnets.filter(({ outputs }) => outputs.availabilityZone === name).map(({ outputs }) => outputs.cidrBlock),
    })),
    hosts: hostsOf(stack, subnetOf).sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, "en", { numeric: true })),
    services: [],
    privateZone: privateZoneOf(stack),
    rules: rulesOf(stack),
    endpoints: endpointsOf(stack, subnetOf),
    elasticIps: stack
      .all("aws:ec2/eip:Eip", tagged.extend({ publicIp: z.string(), arn: z.string() }))
      .map(({ id, outputs }) => ({ allocationId: id, arn: outputs.arn, address: outputs.publicIp, name: outputs.tagsAll["Name"] ?? "" })),
    secrets: secretsOf(stack),
    buckets: bucketsOf(stack),
    roles: rolesOf(stack),
    groups: stack.all("aws:autoscaling/group:Group", z.object({ name: z.string(), arn: z.string() })).map(({ outputs }) => outputs),
  };
}

const roles = ["edge", "api", "worker", "database", "redis", "objects"];
const order = (host: LabHost): number => roles.indexOf(host.role);

/** Everything with an address and security groups of its own. */
export function placesOf({ hosts, services }: LabPlatform): LabHost[] {
  return [...hosts, ...services];
}

/** A host or service by name. Throws with the names that there are. */
export function hostNamed(platform: LabPlatform, name: string): LabHost {
  const places = placesOf(platform);
  const host = places.find((one) => one.name === name);
  if (host === undefined) throw new Error(`host ${name}: not in the platform; it has ${places.map((one) => one.name).join(", ")}`);
  return host;
}

type Subnets = ReadonlyMap<string, { availabilityZone: string; cidrBlock: string }>;

function subnetNamed(subnets: Subnets, id: string): { availabilityZone: string; cidrBlock: string } {
  const subnet = subnets.get(id);
  if (subnet === undefined) throw new Error(`subnet ${id}: named in the stack, and not in it`);
  return subnet;
}

function hostsOf(stack: ExportedStack, subnets: Subnets): LabHost[] {
  const templates = new Map(
    stack
      .all("aws:ec2/launchTemplate:LaunchTemplate", z.object({ userData: z.string(), iamInstanceProfile: z.object({ name: z.string() }) }))
      .map(({ id, outputs }) => [id, outputs]),
  );
  const roleOfProfile = new Map(
    stack.all("aws:iam/instanceProfile:InstanceProfile", z.object({ name: z.string(), role: z.string() })).map(({ outputs }) => [outputs.name, outputs.role]),
  );
  const sizes = new Map(stack.all("aws:ebs/volume:Volume", z.object({ size: z.number() })).map(({ id, outputs }) => [id, outputs.size]));
  const attachments = stack
    .all("aws:ec2/volumeAttachment:VolumeAttachment", z.object({ deviceName: z.string(), instanceId: z.string(), volumeId: z.string() }))
    .map(({ outputs }) => outputs);
  return stack
    .all(
      "aws:ec2/instance:Instance",
      tagged.extend({
        privateIp: z.string(),
        subnetId: z.string(),
        vpcSecurityGroupIds: z.array(z.string()),
        launchTemplate: z.object({ id: z.string() }),
      }),
    )
    .map(({ id, outputs }) => {
      const template = templates.get(outputs.launchTemplate.id);
      if (template === undefined) throw new Error(`instance ${id}: its launch template ${outputs.launchTemplate.id} is not in the stack`);
      const subnet = subnetNamed(subnets, outputs.subnetId);
      return {
        name: outputs.tagsAll["ha:host"] ?? id,
        role: outputs.tagsAll["ha:role"] ?? "",
        tags: outputs.tagsAll,
        instanceId: id,
        zone: subnet.availabilityZone,
        address: outputs.privateIp,
        subnetCidr: subnet.cidrBlock,
        groups: outputs.vpcSecurityGroupIds,
        iamRole: roleOfProfile.get(template.iamInstanceProfile.name) ?? "",
        userData: template.userData,
        volumes: attachments
          .filter(({ instanceId }) => instanceId === id)
          .map(({ deviceName, volumeId }) => ({ device: deviceName, volumeId, sizeGib: sizes.get(volumeId) ?? 0 }))
          .sort((a, b) => a.device.localeCompare(b.device)),
      };
    });
}

function privateZoneOf(stack: ExportedStack): LabPlatform["privateZone"] {
  const [zone] = stack.all("aws:route53/zone:Zone", z.object({ name: z.string() }));
  const records = stack.all("aws:route53/record:Record", z.object({ ttl: z.number().default(0) }));
  return zone === undefined ? undefined : { name: zone.outputs.name, ttlSeconds: Math.max(0, ...records.map(({ outputs }) => outputs.ttl)) };
}

function rulesOf(stack: ExportedStack): LabRule[] {
  const shape = z.object({
    securityGroupId: z.string(),
    ipProtocol: z.string(),
    fromPort: z.number().optional(),
    toPort: z.number().optional(),
    cidrIpv4: z.string().optional(),
    referencedSecurityGroupId: z.string().optional(),
    description: z.string().default(""),
  });
  const of = (type: string, direction: "in" | "out"): LabRule[] =>
    stack.all(type, shape).map(({ id, outputs }) => ({
      id,
      group: outputs.securityGroupId,
      direction,
      protocol: outputs.ipProtocol,
      ports: portsOf(outputs.fromPort, outputs.toPort),
      peer: peerOf(id, outputs.cidrIpv4, outputs.referencedSecurityGroupId),
      why: outputs.description,
    }));
  return [...of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "in"), ...of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out")];
}

function portsOf(from: number | undefined, to: number | undefined): LabRule["ports"] {
  return from === undefined || to === undefined || from < 0 ? undefined : { from, to };
}

function peerOf(id: string, cidr: string | undefined, group: string | undefined): LabRule["peer"] {
  if (group !== undefined && group !== "") return { group };
  if (cidr !== undefined && cidr !== "") return { cidr };
  throw new Error(`security-group rule ${id}: neither an IPv4 network nor a group, and the lab has no counterpart for anything else`);
}

/** Host part of an endpoint's address in its subnet: high enough to be no host's. */
const endpointHostNumber = 250;

function endpointsOf(stack: ExportedStack, subnets: Subnets): LabEndpoint[] {
  const shape = z.object({
    vpcEndpointType: z.string().default("Gateway"),
    serviceName: z.string(),
    subnetIds: z.array(z.string()).default([]),
    securityGroupIds: z.array(z.string()).default([]),
  });
  return stack
    .all("aws:ec2/vpcEndpoint:VpcEndpoint", shape)
    .filter(({ outputs }) => outputs.vpcEndpointType === "Interface")
    .map(({ outputs }, index) => ({
      service: outputs.serviceName.split(".").slice(3).join("."),
      groups: outputs.securityGroupIds,
      addresses: outputs.subnetIds.map((id) => {
        const subnet = subnetNamed(subnets, id);
        return { zone: subnet.availabilityZone, address: addressAt(cidrOf(subnet.cidrBlock), endpointHostNumber - index) };
      }),
    }));
}

function secretsOf(stack: ExportedStack): LabPlatform["secrets"] {
  const values = new Map(
    stack
      .all("aws:secretsmanager/secretVersion:SecretVersion", z.object({ secretId: z.string(), secretString: z.string().optional() }))
      .map(({ outputs }) => [outputs.secretId, outputs.secretString]),
  );
  return stack
    .all("aws:secretsmanager/secret:Secret", z.object({ name: z.string(), arn: z.string(), kmsKeyId: z.string() }))
    .map(({ id, outputs }) => ({ name: outputs.name, arn: outputs.arn, keyArn: outputs.kmsKeyId, value: values.get(id) ?? values.get(outputs.arn) }));
}

function bucketsOf(stack: ExportedStack): LabPlatform["buckets"] {
  const rule = z.object({ applyServerSideEncryptionByDefault: z.object({ kmsMasterKeyId: z.string().optional() }).optional() });
  const keys = new Map(
    stack
      .all("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", z.object({ bucket: z.string(), rules: z.array(rule) }))
      .map(({ outputs }) => [outputs.bucket, outputs.rules[0]?.applyServerSideEncryptionByDefault?.kmsMasterKeyId]),
  );
  return stack.all("aws:s3/bucket:Bucket", z.object({ bucket: z.string() })).map(({ outputs }) => ({ name: outputs.bucket, keyArn: keys.get(outputs.bucket) }));
}

function rolesOf(stack: ExportedStack): LabRole[] {
  const policies = stack.all("aws:iam/rolePolicy:RolePolicy", z.object({ role: z.string(), policy: z.string() }));
  return stack.all("aws:iam/role:Role", z.object({ name: z.string() })).map(({ id, outputs }) => ({
    name: outputs.name,
    statements: policies
      .filter((policy) => policy.outputs.role === outputs.name || policy.outputs.role === id)
      .flatMap((policy) => statementsOf(policy.outputs.policy)),
  }));
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === "string" ? [value] : value));
const policySchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(["Allow", "Deny"]),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).default({}),
    }),
  ),
});

function statementsOf(policy: string): PolicyStatement[] {
  return policySchema.parse(JSON.parse(policy)).Statement.map((one) => ({
    effect: one.Effect,
    actions: one.Action,
    resources: one.Resource,
    conditions: one.Condition,
  }));
}
