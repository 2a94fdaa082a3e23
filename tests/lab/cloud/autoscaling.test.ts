import assert from "node:assert/strict";
import { difference } from "../../../lab/cloud/difference";
import type { Made } from "../../../lab/cloud/package";
import { inputsFrom } from "../../../lab/cloud/projection";
import { mustText, type Json, type Properties } from "../../../lab/cloud/properties";
import { Account, modelOf, network, profile, refusedByCheck, type Network } from "./account";

const ASG = "aws:autoscaling/group:Group";
const POLICY = "aws:autoscaling/policy:Policy";
const HOOK = "aws:autoscaling/lifecycleHook:LifecycleHook";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const IMAGE = "ami-0123456789abcdef0";

interface Fleet extends Network {
  account: Account;
  template: Made;
  group: (more?: Properties) => Properties;
  templated: (more: Properties) => Properties;
}

function fleet(): Fleet {
  const account = new Account({ region: "us-east-1", defaultTags: { Project: "bundler" } });
  const net = network(account);
  profile(account);
  const hosts = account.make(SECURITY_GROUP, { name: "host", vpcId: net.vpc.id });
  const says: Properties = { imageId: IMAGE, instanceType: "m7g.large", iamInstanceProfile: { name: "host" }, vpcSecurityGroupIds: [hosts.id] };
  const template = account.make(TEMPLATE, { name: "upload", ...says });
  const group = (more: Properties = {}): Properties => ({
    name: "upload",
    launchTemplate: { id: template.id, version: "1" },
    minSize: 2,
    maxSize: 6,
    vpcZoneIdentifiers: [net.subnetA.id, net.subnetB.id],
    ...more,
  });
  const templated = (more: Properties): Properties => group({ launchTemplate: { id: account.make(TEMPLATE, { ...says, ...more }).id, version: "$Latest" } });
  return { account, ...net, template, group, templated };
}

const propertyOf = (account: Account, made: Made, key: string): Json | undefined => account.record.get(ASG, "us-east-1", made.id)?.properties[key];

describe("embedded cloud: Auto Scaling groups", () => {
  it("makes a group with what AWS fills in, and without the provider's default tags", () => {
    const { account, group, template } = fleet();
    const made = account.make(ASG, group({ tags: [{ key: "Name", value: "upload", propagateAtLaunch: true }] }));
    assert.match(mustText(made.properties, "arn"), /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/upload$/);
    assert.equal(made.properties["desiredCapacity"], 2);
    assert.equal(made.properties["healthCheckType"], "EC2");
    assert.deepEqual(made.properties["availabilityZones"], ["us-east-1a", "us-east-1b"]);
    assert.deepEqual(made.properties["launchTemplate"], { id: template.id, name: "upload", version: "1" });
    assert.equal(made.properties["tagsAll"], undefined);
    assert.equal(account.record.all("aws:ec2/instance:Instance").length, 0);
    account.refusesToMake("AlreadyExists", ASG, group());
  });

  it("sees no change in what it filled in itself after a refresh", () => {
    const { account, group, template } = fleet();
    const inputs = account.checked(ASG, group({ launchTemplate: { id: template.id }, enabledMetrics: ["GroupMinSize", "GroupMaxSize"] }));
    const made = account.make(ASG, inputs);
    assert.deepEqual(difference(modelOf(ASG), inputsFrom(modelOf(ASG), made.properties, inputs), inputs).changes, []);
  });

  it("keeps its capacity within its bounds", () => {
    const { account, group } = fleet();
    account.refusesToMake("ValidationError", ASG, group({ desiredCapacity: 7 }));
    account.refusesToMake("ValidationError", ASG, group({ desiredCapacity: 1 }));
    account.refusesToMake("ValidationError", ASG, group({ minSize: 7 }));
    refusedByCheck(ASG, group({ minSize: -1 }), "minSize");
    const made = account.make(ASG, group());
    account.change(ASG, made, group({ minSize: 4 }));
    assert.equal(propertyOf(account, made, "desiredCapacity"), 4);
    account.change(ASG, made, group({ maxSize: 3 }));
    assert.equal(propertyOf(account, made, "desiredCapacity"), 3);
    account.refused("ValidationError", () => account.change(ASG, made, group({ desiredCapacity: 9 })));
  });

  it("wants subnets of one VPC; two of a zone will do", () => {
    const { account, group, vpc, subnetA } = fleet();
    account.refusesToMake("ValidationError", ASG, group({ vpcZoneIdentifiers: [] }));
    account.refusesToMake("ValidationError", ASG, group({ vpcZoneIdentifiers: ["subnet-0"] }));
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    const elsewhere = account.make("aws:ec2/subnet:Subnet", { vpcId: other.id, cidrBlock: "10.8.0.0/24" });
    account.refusesToMake("ValidationError", ASG, group({ vpcZoneIdentifiers: [subnetA.id, elsewhere.id] }));
    const same = account.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.5.0/24", availabilityZone: "us-east-1a" });
    const made = account.make(ASG, group({ vpcZoneIdentifiers: [subnetA.id, same.id] }));
    assert.deepEqual(made.properties["availabilityZones"], ["us-east-1a"]);
    account.refused("DependencyViolation", () => {
      account.delete("aws:ec2/subnet:Subnet", same);
    });
    account.delete(ASG, made);
    account.delete("aws:ec2/subnet:Subnet", same);
  });

  it("refuses a template that could not be launched", () => {
    const { account, group, templated, vpc } = fleet();
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    const stranger = account.make(SECURITY_GROUP, { name: "host", vpcId: other.id });
    account.refusesToMake("ValidationError", ASG, group({ launchTemplate: { id: "lt-0", version: "1" } }));
    account.refusesToMake("ValidationError", ASG, group({ launchTemplate: { name: "nobody" } }));
    account.refusesToMake("ValidationError", ASG, group({ launchTemplate: { name: "upload", version: "2" } }));
    const bare = account.make(TEMPLATE, { name: "bare" });
    account.refusesToMake("ValidationError", ASG, group({ launchTemplate: { id: bare.id } }));
    for (const fault of [{ vpcSecurityGroupIds: [stranger.id] }, { iamInstanceProfile: { name: "nobody" } }, { instanceType: "z9.large" }]) {
      const inputs = templated({ ...fault, name: `bad-${Object.keys(fault)[0] ?? ""}` });
      account.refusesToMake("ValidationError", ASG, inputs);
    }
    const nicGroup = account.make(SECURITY_GROUP, { name: "nic", vpcId: vpc.id });
    const inNic = account.make(TEMPLATE, {
      name: "nic",
      imageId: IMAGE,
      instanceType: "m7g.large",
      networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [nicGroup.id] }],
    });
    account.make(ASG, group({ launchTemplate: { id: inNic.id, version: "$Latest" } }));
    refusedByCheck(ASG, group({ launchTemplate: { version: "1" } }), "launchTemplate");
    refusedByCheck(ASG, group({ launchTemplate: { id: "lt-0", name: "upload" } }), "launchTemplate");
  });

  it("launches nothing with a customer's key whose policy does not let Auto Scaling's own role use it", () => {
    const { account, templated } = fleet();
    const role = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    const ofAccount = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" };
    const use = ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"];
    const to = (arn: string, actions: string[]): Json => ({
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: actions,
      Resource: "*",
      Condition: { ArnEquals: { "aws:PrincipalArn": arn } },
    });
    const made = (name: string, ...statements: Json[]): Properties => {
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [ofAccount, ...statements] });
      const kmsKeyId = mustText(account.make("aws:kms/key:Key", { policy }).properties, "arn");
      return { ...templated({ name, blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId } }] }), name };
    };
    // The account's leave is for those whose own policy says so too.
    account.refusesToMake("InvalidKMSKey.InvalidState", ASG, made("account"));
    account.refusesToMake("InvalidKMSKey.InvalidState", ASG, made("half", to(role, use)));
    account.refusesToMake("InvalidKMSKey.InvalidState", ASG, made("other", to(role.replace("AutoScaling", "Other"), [...use, "kms:CreateGrant"])));
    account.make(ASG, { ...made("empty"), minSize: 0 });
    account.make(ASG, made("both", to(role, use), to(role, ["kms:CreateGrant"])));
  });

  it("finds a key that is gone only when there is something to launch", () => {
    const { account, templated } = fleet();
    const kmsKeyId = "arn:aws:kms:us-east-1:123456789012:key/none";
    const inputs = templated({ name: "sealed", blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId } }] });
    account.refusesToMake("InvalidKMSKey.InvalidState", ASG, inputs);
    const made = account.make(ASG, { ...inputs, minSize: 0 });
    account.refused("InvalidKMSKey.InvalidState", () => account.change(ASG, made, { ...inputs, minSize: 1 }));
  });

  it("takes another version of its template in place, and keeps the old one's when the template goes on", () => {
    const { account, group, template } = fleet();
    const made = account.make(ASG, group());
    const says = (instanceType: string): Properties => ({ name: "upload", imageId: IMAGE, instanceType });
    for (const kind of ["m7g.xlarge", "m7g.2xlarge", "z9.large"]) account.change(TEMPLATE, template, says(kind));
    account.change(ASG, made, group({ launchTemplate: { id: template.id, version: "2" }, minSize: 3 }));
    account.change(ASG, made, group({ launchTemplate: { id: template.id, version: "1" } }));
    account.refused("ValidationError", () => account.change(ASG, made, group({ launchTemplate: { id: template.id, version: "4" } })));
    account.refused("ValidationError", () => account.change(ASG, made, group({ launchTemplate: { id: template.id, version: "5" } })));
    const { changes } = difference(modelOf(ASG), group(), group({ launchTemplate: { id: template.id, version: "2" } }));
    assert.deepEqual(
      changes.map((one) => `${one.path} ${one.effect}`),
      ["launchTemplate.version update"],
    );
    account.delete(TEMPLATE, template);
    account.delete(ASG, made);
  });

  it("registers with target groups of instances in its own VPC", () => {
    const { account, group, vpc } = fleet();
    const targets = (name: string, more: Properties = {}): Made => account.make(TARGETS, { name, port: 3000, protocol: "HTTP", vpcId: vpc.id, ...more });
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    const own = targets("own");
    account.refusesToMake("ValidationError", ASG, group({ targetGroupArns: [own.id, targets("ip", { targetType: "ip" }).id] }));
    account.refusesToMake("ValidationError", ASG, group({ targetGroupArns: [targets("far", { vpcId: other.id }).id] }));
    account.refusesToMake("ValidationError", ASG, group({ targetGroupArns: ["arn:aws:elasticloadbalancing:none"] }));
    const made = account.make(ASG, group({ targetGroupArns: [own.id], healthCheckType: "ELB" }));
    account.delete(TARGETS, own);
    account.change(ASG, made, group({ targetGroupArns: [] }));
  });

  it("refuses forms that the provider refuses", () => {
    const { group } = fleet();
    refusedByCheck(ASG, group({ name: "x".repeat(256) }), "name");
    refusedByCheck(ASG, group({ name: "a:b" }), "name");
    refusedByCheck(ASG, group({ healthCheckType: "TCP" }), "healthCheckType");
    refusedByCheck(ASG, group({ terminationPolicies: ["Youngest"] }), "terminationPolicies[0]");
    refusedByCheck(ASG, group({ enabledMetrics: ["CPU"] }), "enabledMetrics[0]");
    refusedByCheck(ASG, group({ maxInstanceLifetime: 3600 }), "maxInstanceLifetime");
    refusedByCheck(ASG, group({ waitForCapacityTimeout: "ten minutes" }), "waitForCapacityTimeout");
    refusedByCheck(ASG, group({ instanceMaintenancePolicy: { minHealthyPercentage: 50, maxHealthyPercentage: 200 } }), "instanceMaintenancePolicy");
    refusedByCheck(ASG, group({ instanceMaintenancePolicy: { minHealthyPercentage: -1, maxHealthyPercentage: 100 } }), "instanceMaintenancePolicy");
    const tag = { key: "Name", value: "x", propagateAtLaunch: true };
    refusedByCheck(ASG, group({ tags: [tag, tag] }), "tags");
    refusedByCheck(ASG, group({ tags: [{ ...tag, key: "aws:x" }] }), "tags");
    refusedByCheck(ASG, group({ warmPool: {} }), "warmPool");
  });

  it("refuses a refresh that cannot be, and a rollback to what has no number or no image of its own", () => {
    const { account, group, template } = fleet();
    const refresh = (preferences: Properties, more: Properties = {}): Properties => ({ instanceRefresh: { strategy: "Rolling", preferences, ...more } });
    refusedByCheck(ASG, group({ instanceRefresh: { strategy: "Sudden" } }), "instanceRefresh.strategy");
    refusedByCheck(ASG, group(refresh({ minHealthyPercentage: 50, maxHealthyPercentage: 200 })), "instanceRefresh.preferences");
    refusedByCheck(ASG, group(refresh({ checkpointPercentages: [50, 20] })), "instanceRefresh.preferences.checkpointPercentages");
    refusedByCheck(ASG, group(refresh({ instanceWarmup: "1m" })), "instanceRefresh.preferences.instanceWarmup");
    refusedByCheck(ASG, group(refresh({}, { triggers: ["tags"] })), "instanceRefresh.triggers[0]");
    account.refusesToMake("ValidationError", ASG, group({ ...refresh({ autoRollback: true }), launchTemplate: { id: template.id, version: "$Latest" } }));
    const named = account.make(TEMPLATE, { name: "named", imageId: "resolve:ssm:/aws/service/debian/release/13/latest/arm64", instanceType: "m7g.large" });
    account.refusesToMake("ValidationError", ASG, group({ ...refresh({ autoRollback: true }), launchTemplate: { id: named.id, version: "1" } }));
    const good = { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true, skipMatching: true, checkpointPercentages: [20, 100] };
    account.make(ASG, group(refresh(good, { triggers: ["tag"] })));
  });
});

describe("embedded cloud: lifecycle hooks", () => {
  const TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";

  it("makes hooks with a group or on one, and lets them go with it", () => {
    const { account, group } = fleet();
    const made = account.make(ASG, group({ initialLifecycleHooks: [{ name: "drain", lifecycleTransition: TERMINATING, heartbeatTimeout: 900 }] }));
    account.make(ASG, group({ name: "payment" }));
    const hook = { name: "drain", autoscalingGroupName: "payment", lifecycleTransition: TERMINATING };
    const drain = account.make(HOOK, hook);
    assert.equal(drain.properties["heartbeatTimeout"], 3600);
    assert.equal(account.change(HOOK, drain, { ...hook, heartbeatTimeout: 600, defaultResult: "CONTINUE" })["heartbeatTimeout"], 600);
    assert.throws(() => account.make(HOOK, hook), /does not model a second/);
    assert.throws(() => account.make(HOOK, { ...hook, autoscalingGroupName: "upload" }), /beside the group's initial one/);
    account.make(HOOK, { ...hook, name: "launch", autoscalingGroupName: "upload" });
    account.delete(ASG, made);
    assert.deepEqual(
      account.record.all(HOOK).map((one) => one.id),
      [drain.id],
    );
  });

  it("refuses times out of range, unknown groups, the 51st hook and names given twice", () => {
    const { account, group } = fleet();
    const hook = { name: "drain", autoscalingGroupName: "upload", lifecycleTransition: TERMINATING };
    account.refusesToMake("ValidationError", HOOK, hook);
    refusedByCheck(HOOK, { ...hook, heartbeatTimeout: 29 }, "heartbeatTimeout");
    refusedByCheck(HOOK, { ...hook, heartbeatTimeout: 7201 }, "heartbeatTimeout");
    refusedByCheck(HOOK, { ...hook, lifecycleTransition: "terminating" }, "lifecycleTransition");
    refusedByCheck(
      ASG,
      group({ initialLifecycleHooks: [{ name: "drain", lifecycleTransition: TERMINATING, heartbeatTimeout: 10 }] }),
      "initialLifecycleHooks[0].heartbeatTimeout",
    );
    const twice = [30, 60].map((heartbeatTimeout) => ({ name: "drain", lifecycleTransition: TERMINATING, heartbeatTimeout }));
    account.refusesToMake("ValidationError", ASG, group({ initialLifecycleHooks: twice }));
    account.make(ASG, group({ initialLifecycleHooks: [{ name: "first", lifecycleTransition: TERMINATING }] }));
    for (let index = 1; index < 50; index += 1) account.make(HOOK, { ...hook, name: `hook-${String(index)}` });
    account.refusesToMake("LimitExceeded", HOOK, hook);
  });

  it("sends its test message only with a role that Auto Scaling may take", () => {
    const { account, group } = fleet();
    account.make(ASG, group());
    const hook = { autoscalingGroupName: "upload", lifecycleTransition: TERMINATING, notificationTargetArn: "arn:aws:sqs:us-east-1:123456789012:drain" };
    account.refusesToMake("ValidationError", HOOK, hook);
    account.refusesToMake("ValidationError", HOOK, { ...hook, roleArn: "arn:aws:iam::123456789012:role/nobody" });
    account.refusesToMake("ValidationError", HOOK, { ...hook, roleArn: "arn:aws:iam::123456789012:role/host" });
    const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "autoscaling.amazonaws.com" } }];
    const role = account.make("aws:iam/role:Role", { name: "hooks", assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    const roleArn = mustText(role.properties, "arn");
    account.refusesToMake("ValidationError", HOOK, { ...hook, roleArn, notificationTargetArn: "arn:aws:sqs:eu-west-1:123456789012:drain" });
    account.make(HOOK, { ...hook, roleArn });
  });
});

describe("embedded cloud: scaling policies", () => {
  const tracking = (targetTrackingConfiguration: Properties): Properties => ({
    name: "track",
    autoscalingGroupName: "upload",
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration,
  });
  const predefined = (predefinedMetricType: string, more: Properties = {}): Properties =>
    tracking({ targetValue: 60, predefinedMetricSpecification: { predefinedMetricType, ...more } });
  const stat = (id: string, metricName: string): Properties => ({
    id,
    returnData: false,
    metricStat: { metric: { namespace: "Bundler", metricName, dimensions: [{ name: "Queue", value: "plan" }] }, stat: "Sum", period: 60 },
  });
  const math = (metrics: Properties[]): Properties => tracking({ targetValue: 100, customizedMetricSpecification: { metrics } });

  it("tracks the processor, goes with its group, and may have the same name in another", () => {
    const { account, group } = fleet();
    const made = account.make(ASG, group());
    account.make(ASG, group({ name: "payment" }));
    const cpu = predefined("ASGAverageCPUUtilization");
    const policy = account.make(POLICY, cpu);
    assert.match(mustText(policy.properties, "arn"), /:scalingPolicy:[0-9a-f-]{36}:autoScalingGroupName\/upload:policyName\/track$/);
    account.make(POLICY, { ...cpu, autoscalingGroupName: "payment" });
    assert.equal(account.change(POLICY, policy, { ...cpu, enabled: false })["enabled"], false);
    account.refusesToMake("ValidationError", POLICY, { ...cpu, autoscalingGroupName: "nobody" });
    account.delete(ASG, made);
    assert.equal(account.record.all(POLICY).length, 1);
  });

  it("wants one specification and a target above nothing", () => {
    const { account, group } = fleet();
    account.make(ASG, group());
    account.refusesToMake("ValidationError", POLICY, tracking({ targetValue: 60 }));
    account.refusesToMake("ValidationError", POLICY, tracking({ targetValue: 60, customizedMetricSpecification: { metricName: "Backlog" } }));
    account.refusesToMake("ValidationError", POLICY, predefined("ASGAverageCPUUtilization", { resourceLabel: "app/a/b/targetgroup/c/d" }));
    const both = { predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" }, customizedMetricSpecification: {} };
    refusedByCheck(POLICY, tracking({ targetValue: 60, ...both }), "targetTrackingConfiguration");
    refusedByCheck(POLICY, tracking({ targetValue: 0 }), "targetTrackingConfiguration.targetValue");
    refusedByCheck(POLICY, predefined("CPU"), "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType");
    refusedByCheck(POLICY, { ...predefined("ASGAverageCPUUtilization"), policyType: "StepScaling" }, "policyType");
  });

  it("takes metric math that comes to one series, and no other", () => {
    const { account, group } = fleet();
    account.make(ASG, group());
    const ratio = (expression: string): Properties => ({ id: "per_host", expression, returnData: true });
    const backlog = [stat("backlog", "Jobs"), stat("hosts", "Hosts")];
    account.make(POLICY, math([...backlog, ratio("IF(hosts > 0, FILL(backlog, 0) / hosts, backlog)")]));
    const other = (metrics: Properties[]): Properties => ({ ...math(metrics), name: "other" });
    account.refusesToMake("ValidationError", POLICY, other([...backlog, ratio("backlog / servers")]));
    account.refusesToMake("ValidationError", POLICY, other([...backlog, ratio("per_host / hosts")]));
    account.refusesToMake("ValidationError", POLICY, other([...backlog, ratio("SUM(SEARCH('x', 'Sum'))")]));
    account.refusesToMake("ValidationError", POLICY, other(backlog));
    account.refusesToMake("ValidationError", POLICY, other([{ ...stat("backlog", "Jobs"), returnData: true }, ratio("backlog / 2")]));
    account.refusesToMake("ValidationError", POLICY, other([stat("backlog", "Jobs"), stat("backlog", "Hosts"), ratio("backlog")]));
    const path = "targetTrackingConfiguration.customizedMetricSpecification.metrics";
    refusedByCheck(POLICY, math([{ id: "a" }]), path);
    refusedByCheck(POLICY, math([{ id: "A", expression: "1" }]), `${path}[0].id`);
    refusedByCheck(POLICY, tracking({ targetValue: 1, customizedMetricSpecification: { metricName: "Jobs", metrics: [ratio("1")] } }), path);
  });

  it("counts requests of a target group that is attached and that the load balancer routes to", () => {
    const { account, group, vpc, subnetA, subnetB } = fleet();
    const web = (name: string): Made => account.make(TARGETS, { name, port: 3000, protocol: "HTTP", vpcId: vpc.id });
    const [own, stray] = [web("own"), web("stray")];
    account.make(ASG, group({ targetGroupArns: [own.id] }));
    const balancer = account.make("aws:lb/loadBalancer:LoadBalancer", { name: "edge", subnets: [subnetA.id, subnetB.id] });
    const label = (target: Made): Properties => ({
      resourceLabel: `${mustText(balancer.properties, "arnSuffix")}/${mustText(target.properties, "arnSuffix")}`,
    });
    const METRIC = "ALBRequestCountPerTarget";
    account.refusesToMake("ValidationError", POLICY, predefined(METRIC));
    account.refusesToMake("ValidationError", POLICY, predefined(METRIC, { resourceLabel: "edge/own" }));
    account.refusesToMake("ValidationError", POLICY, predefined(METRIC, label(stray)));
    account.refusesToMake("ValidationError", POLICY, predefined(METRIC, label(own)));
    account.make("aws:lb/listener:Listener", { loadBalancerArn: balancer.id, port: 80, defaultActions: [{ type: "forward", targetGroupArn: own.id }] });
    account.make(POLICY, predefined(METRIC, label(own)));
  });
});
