import assert from "node:assert/strict";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, network, refusedByCheck } from "./account";

const PLAN = "aws:arcregionswitch/plan:Plan";
const ACCELERATOR = "aws:globalaccelerator/accelerator:Accelerator";
const LISTENER = "aws:globalaccelerator/listener:Listener";
const GROUP = "aws:globalaccelerator/endpointGroup:EndpointGroup";
const REGIONS = ["us-east-1", "us-west-2"];

const role = (account: Account, name: string, service: string): string => {
  const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }];
  return mustText(account.make("aws:iam/role:Role", { name, assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) }).properties, "arn");
};
const arns = (service: string, resource: string): string[] => REGIONS.map((region) => `arn:aws:${service}:${region}:123456789012:${resource}`);

describe("embedded cloud: region switch plans", () => {
  const setUp = (): { account: Account; plan: Properties; approve: Properties; withSteps: (...steps: Properties[]) => Properties } => {
    const account = new Account();
    const executionRole = role(account, "switch", "arc-region-switch.amazonaws.com");
    const approve = { name: "approve", executionBlockType: "ManualApproval", executionApprovalConfigs: [{ approvalRole: executionRole, timeoutMinutes: 60 }] };
    const plan: Properties = {
      name: "bundler",
      executionRole,
      regions: REGIONS,
      primaryRegion: "us-east-1",
      recoveryApproach: "activePassive",
      recoveryTimeObjectiveMinutes: 30,
      workflows: [{ workflowTargetAction: "activate", steps: [approve] }],
    };
    return { account, plan, approve, withSteps: (...steps) => ({ ...plan, workflows: [{ workflowTargetAction: "activate", steps }] }) };
  };
  const aurora: Properties = {
    name: "database",
    executionBlockType: "AuroraGlobalDatabase",
    globalAuroraConfigs: [
      {
        behavior: "switchoverOnly",
        globalClusterIdentifier: "bundler",
        databaseClusterArns: arns("rds", "cluster:bundler"),
        ungracefuls: [{ ungraceful: "failover" }],
      },
    ],
  };
  const scale: Properties = {
    name: "hosts",
    executionBlockType: "EC2AutoScaling",
    ec2AsgCapacityIncreaseConfigs: [
      {
        asgs: arns("autoscaling", "autoScalingGroup:1:autoScalingGroupName/hosts").map((arn) => ({ arn })),
        capacityMonitoringApproach: "sampledMaxInLast24Hours",
        targetPercent: 100,
        ungraceful: { minimumSuccessPercentage: 50 },
      },
    ],
  };
  const lambda: Properties = {
    name: "promote",
    executionBlockType: "CustomActionLambda",
    customActionLambdaConfigs: [
      {
        lambdas: arns("lambda", "function:promote").map((arn) => ({ arn })),
        regionToRun: "activatingRegion",
        retryIntervalMinutes: 1,
        ungracefuls: [{ behavior: "skip" }],
      },
    ],
  };

  it("takes every block of an active/passive plan, and changes them in place", () => {
    const { account, plan, approve, withSteps } = setUp();
    const zone = account.make("aws:route53/zone:Zone", { name: "example.com" });
    const recordSets = REGIONS.map((region) => ({ recordSetIdentifier: region, region }));
    const dns = {
      name: "dns",
      executionBlockType: "Route53HealthCheck",
      route53HealthCheckConfigs: [{ hostedZoneId: zone.id, recordName: "api.example.com", recordSets }],
    };
    const parallel = { name: "both", executionBlockType: "Parallel", parallelConfigs: [{ steps: [scale, lambda] }] };
    const made = account.make(PLAN, withSteps(approve, aurora, parallel, dns));
    assert.match(mustText(made.properties, "arn"), /^arn:aws:arc-region-switch::123456789012:plan\/bundler:[0-9a-f]{6}$/);
    account.change(PLAN, made, { ...withSteps(approve), description: "short" });
    account.refusesToMake("ValidationException", PLAN, { ...plan, region: "us-west-2" });
    account.delete(PLAN, made);
    account.make(PLAN, plan);
  });

  it("wants two regions, a primary among them, and a role that ARC can assume", () => {
    const { account, plan } = setUp();
    refusedByCheck(PLAN, { ...plan, regions: ["us-east-1"] }, "regions");
    refusedByCheck(PLAN, { ...plan, regions: ["us-east-1", "us-east-1"] }, "regions");
    refusedByCheck(PLAN, { ...plan, regions: ["us-east-1", "mars-1"] }, "regions[1]");
    refusedByCheck(PLAN, { ...plan, name: "with space" }, "name");
    refusedByCheck(PLAN, { ...plan, recoveryTimeObjectiveMinutes: 0 }, "recoveryTimeObjectiveMinutes");
    account.refusesToMake("ValidationException", PLAN, { ...plan, primaryRegion: "eu-west-1" });
    account.refusesToMake("ValidationException", PLAN, { ...plan, executionRole: "arn:aws:iam::123456789012:role/none" });
    account.refusesToMake("ValidationException", PLAN, { ...plan, executionRole: role(account, "host", "ec2.amazonaws.com") });
  });

  it("refuses workflows that do nothing, twice the same, or for another region", () => {
    const { account, plan, approve } = setUp();
    const refuses = (...workflows: Properties[]): void => {
      account.refusesToMake("ValidationException", PLAN, { ...plan, workflows });
    };
    const activate = { workflowTargetAction: "activate", steps: [approve] };
    refuses();
    refuses({ workflowTargetAction: "deactivate", steps: [approve] });
    refuses(activate, activate);
    refuses({ ...activate, workflowTargetRegion: "eu-west-1" });
    account.make(PLAN, { ...plan, workflows: REGIONS.map((workflowTargetRegion) => ({ ...activate, workflowTargetRegion })) });
  });

  it("refuses a step without its configuration, with another one, or without a target in each region", () => {
    const { account, approve, withSteps } = setUp();
    const refuses = (...steps: Properties[]): void => {
      account.refusesToMake("ValidationException", PLAN, withSteps(...steps));
    };
    refuses({ name: "bare", executionBlockType: "ManualApproval" });
    refuses({ ...approve, globalAuroraConfigs: aurora["globalAuroraConfigs"] ?? [] });
    refuses({ ...approve, executionBlockType: "AuroraGlobalDatabase" });
    refuses(approve, approve);
    refuses({ ...approve, executionApprovalConfigs: [{ approvalRole: "arn:aws:iam::123456789012:role/none" }] });
    refuses({ name: "both", executionBlockType: "Parallel", parallelConfigs: [{ steps: [] }] });
    refuses({ name: "both", executionBlockType: "Parallel", parallelConfigs: [{ steps: [{ name: "bare", executionBlockType: "EC2AutoScaling" }] }] });
    const [east = ""] = arns("rds", "cluster:bundler");
    refuses({ ...aurora, globalAuroraConfigs: [{ behavior: "failover", globalClusterIdentifier: "b", databaseClusterArns: [east, east] }] });
    refuses({ ...aurora, globalAuroraConfigs: [{ behavior: "failover", globalClusterIdentifier: "b", databaseClusterArns: [east] }] });
    refuses({ name: "dns", executionBlockType: "Route53HealthCheck", route53HealthCheckConfigs: [{ hostedZoneId: "Z0", recordName: "a.test" }] });
    refusedByCheck(PLAN, withSteps({ ...approve, executionBlockType: "Magic" }), "workflows[0].steps[0].executionBlockType");
  });

  it("watches alarms that exist, under names that differ", () => {
    const { account, plan } = setUp();
    const check = account.make("aws:route53/healthCheck:HealthCheck", { type: "TCP", fqdn: "a.test", port: 443 });
    const alarm = { mapBlockKey: "edge", alarmType: "applicationHealth", resourceIdentifier: mustText(check.properties, "arn") };
    account.refusesToMake("ValidationException", PLAN, { ...plan, associatedAlarms: [{ ...alarm, resourceIdentifier: "arn:aws:route53:::healthcheck/none" }] });
    account.refusesToMake("ValidationException", PLAN, { ...plan, associatedAlarms: [alarm, { ...alarm, alarmType: "trigger" }] });
    account.make(PLAN, { ...plan, associatedAlarms: [alarm] });
  });
});

describe("embedded cloud: accelerators", () => {
  it("listens once a port and sends a region's traffic to what is there", () => {
    const account = new Account();
    const { subnetA, subnetB } = network(account);
    const balancer = account.make("aws:lb/loadBalancer:LoadBalancer", { name: "edge", subnets: [subnetA.id, subnetB.id] });
    const accelerator = account.make(ACCELERATOR, { name: "edge" });
    assert.match(mustText(accelerator.properties, "dnsName"), /^a[0-9a-f]{16}\.awsglobalaccelerator\.com$/);
    assert.equal((accelerator.properties["ipSets"] as Properties[]).length, 1);
    const listen = { acceleratorArn: accelerator.id, protocol: "TCP", portRanges: [{ fromPort: 443, toPort: 443 }] };
    const listener = account.make(LISTENER, listen);
    account.refusesToMake("InvalidPortRangeException", LISTENER, { ...listen, portRanges: [{ fromPort: 400, toPort: 500 }] });
    account.refusesToMake("InvalidPortRangeException", LISTENER, { ...listen, portRanges: [{ fromPort: 90, toPort: 80 }] });
    account.refusesToMake("AcceleratorNotFoundException", LISTENER, { ...listen, acceleratorArn: "none" });
    account.change(LISTENER, listener, { ...listen, clientAffinity: "SOURCE_IP" });
    const to = { listenerArn: listener.id, endpointConfigurations: [{ endpointId: balancer.id, weight: 128 }], healthCheckIntervalSeconds: 10 };
    account.refusesToMake("InvalidArgumentException", GROUP, { ...to, endpointGroupRegion: "us-west-2" });
    const group = account.make(GROUP, to);
    assert.equal(group.properties["endpointGroupRegion"], "us-east-1");
    assert.equal(group.properties["healthCheckPort"], 443);
    account.refusesToMake("EndpointGroupAlreadyExistsException", GROUP, to);
    assert.equal(account.change(GROUP, group, { ...to, trafficDialPercentage: 0 })["trafficDialPercentage"], 0);
    refusedByCheck(GROUP, { ...to, healthCheckIntervalSeconds: 20 }, "healthCheckIntervalSeconds");
    refusedByCheck(GROUP, { ...to, trafficDialPercentage: 101 }, "trafficDialPercentage");
    account.refused("AssociatedListenerFoundException", () => {
      account.delete(ACCELERATOR, accelerator);
    });
    account.refused("AssociatedEndpointGroupFoundException", () => {
      account.delete(LISTENER, listener);
    });
    account.delete(GROUP, group);
    account.delete(LISTENER, listener);
    account.delete(ACCELERATOR, accelerator);
  });

  it("is a target of aliases", () => {
    const account = new Account();
    const zone = account.make("aws:route53/zone:Zone", { name: "example.com" });
    const { dnsName, hostedZoneId } = account.make(ACCELERATOR, {}).properties;
    const alias = { name: dnsName ?? "", zoneId: hostedZoneId ?? "", evaluateTargetHealth: true };
    account.make("aws:route53/record:Record", { zoneId: zone.id, name: "", type: "A", aliases: [alias] });
  });
});
