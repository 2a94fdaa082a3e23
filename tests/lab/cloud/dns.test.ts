import assert from "node:assert/strict";
import type { Made } from "../../../lab/cloud/package";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { Account, network, refusedByCheck } from "./account";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const VPC = "aws:ec2/vpc:Vpc";

const cpu: Properties = {
  name: "cpu",
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 3,
  threshold: 80,
  namespace: "AWS/EC2",
  metricName: "CPUUtilization",
  statistic: "Average",
  period: 60,
};

describe("embedded cloud: zones", () => {
  it("makes public zones with four name servers, the same name twice too, and refuses names that are none", () => {
    const account = new Account();
    const zone = account.make(ZONE, { name: "example.com" });
    assert.equal(zone.properties["arn"], `arn:aws:route53:::hostedzone/${zone.id}`);
    assert.equal(zone.properties["zoneId"], zone.id);
    assert.equal((zone.properties["nameServers"] as string[]).length, 4);
    assert.equal(zone.properties["comment"], "Managed by Pulumi");
    account.make(ZONE, { name: "example.com" });
    account.refusesToMake("InvalidDomainName", ZONE, { name: "exa mple.com" });
    account.refusesToMake("InvalidDomainName", ZONE, { name: `${"a".repeat(64)}.com` });
  });

  it("gives a VPC one private zone of a name, in any region, and keeps a zone public or private", () => {
    const account = new Account();
    const near = account.make(VPC, { cidrBlock: "10.0.0.0/16" });
    const far = account.make(VPC, { cidrBlock: "10.1.0.0/16", region: "us-west-2" });
    const zone = account.make(ZONE, { name: "inner.test", vpcs: [{ vpcId: near.id }] });
    assert.deepEqual(zone.properties["vpcs"], [{ vpcId: near.id, vpcRegion: "us-east-1" }]);
    account.refusesToMake("ConflictingDomainExists", ZONE, { name: "inner.test.", vpcs: [{ vpcId: near.id }] });
    account.refusesToMake("InvalidVPCId", ZONE, { name: "other.test", vpcs: [{ vpcId: far.id }] });
    account.refusesToMake("InvalidVPCId", ZONE, { name: "other.test", vpcs: [{ vpcId: "vpc-0123" }] });
    const both = { name: "inner.test", vpcs: [{ vpcId: near.id }, { vpcId: far.id, vpcRegion: "us-west-2" }] };
    assert.equal((account.change(ZONE, zone, both)["vpcs"] as Properties[]).length, 2);
    account.refused("LastVPCAssociation", () => account.change(ZONE, zone, { name: "inner.test" }));
    const open = account.make(ZONE, { name: "open.test" });
    account.refused("PublicZoneVPCAssociation", () => account.change(ZONE, open, { name: "open.test", vpcs: [{ vpcId: near.id }] }));
  });

  it("keeps a zone that has records, unless it is to be destroyed with them", () => {
    const account = new Account();
    const zone = account.make(ZONE, { name: "example.com" });
    account.make(RECORD, { zoneId: zone.id, name: "api", type: "A", ttl: 60, records: ["192.0.2.1"] });
    account.refused("HostedZoneNotEmpty", () => {
      account.delete(ZONE, zone);
    });
    account.change(ZONE, zone, { name: "example.com", forceDestroy: true });
    account.delete(ZONE, zone);
    assert.deepEqual(account.record.everything(), []);
  });
});

describe("embedded cloud: DNS records", () => {
  const make = (): { account: Account; zone: Made; a: Properties } => {
    const account = new Account();
    const zone = account.make(ZONE, { name: "example.com" });
    return { account, zone, a: { zoneId: zone.id, name: "api", type: "A", ttl: 60, records: ["192.0.2.1"] } };
  };

  it("names a record inside its zone, changes it in place and has it once", () => {
    const { account, zone, a } = make();
    const record = account.make(RECORD, a);
    assert.equal(record.id, `${zone.id}_api_A`);
    assert.equal(record.properties["fqdn"], "api.example.com");
    assert.equal(account.change(RECORD, record, { ...a, ttl: 30, records: ["192.0.2.1", "192.0.2.2"] })["ttl"], 30);
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, name: "API.example.com." });
    account.refusesToMake("NoSuchHostedZone", RECORD, { ...a, zoneId: "Z0" });
    account.delete(RECORD, record);
    account.make(RECORD, a);
  });

  it("takes a name of elsewhere as one inside the zone, as the provider does, but not one that only looks like it", () => {
    const { account, a } = make();
    assert.equal(account.make(RECORD, { ...a, name: "api.elsewhere.net" }).properties["fqdn"], "api.elsewhere.net.example.com");
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, name: "notexample.com" });
  });

  it("refuses values and combinations that DNS does not have", () => {
    const { account, zone, a } = make();
    const cname = { zoneId: zone.id, name: "www", type: "CNAME", ttl: 60, records: ["api.example.com"] };
    account.make(RECORD, a);
    account.make(RECORD, cname);
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...cname, name: "" });
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...cname, name: "api" });
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, name: "www" });
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...cname, name: "two", records: ["a.test", "b.test"] });
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, name: "bad", records: ["192.0.2.256"] });
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, name: "bad", type: "AAAA" });
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, name: "example.com", type: "NS", records: ["ns.test"] });
    const own = account.make(RECORD, { ...a, name: "example.com", type: "NS", records: ["ns.test"], allowOverwrite: true });
    account.refused("InvalidChangeBatch", () => {
      account.delete(RECORD, own);
    });
    refusedByCheck(RECORD, { ...a, ttl: -1 }, "ttl");
    refusedByCheck(RECORD, { ...a, type: "B" }, "type");
    refusedByCheck(RECORD, { zoneId: zone.id, name: "n", type: "A", records: ["192.0.2.1"] }, "ttl");
    refusedByCheck(RECORD, { zoneId: zone.id, name: "n", type: "A" }, "records");
    refusedByCheck(RECORD, { ...a, records: ["192.0.2.1"], aliases: [{ name: "n", zoneId: "z", evaluateTargetHealth: true }] }, "records");
  });

  it("has one primary and one secondary of a name, told apart by their set identifiers", () => {
    const { account, zone, a } = make();
    const check = account.make(CHECK, { type: "TCP", fqdn: "api.example.com", port: 443, requestInterval: 10 });
    const failover = (type: string, setIdentifier: string): Properties => ({ ...a, setIdentifier, failoverRoutingPolicies: [{ type }] });
    account.refusesToMake("InvalidChangeBatch", RECORD, failover("PRIMARY", "east"));
    account.refusesToMake("InvalidInput", RECORD, { ...failover("PRIMARY", "east"), healthCheckId: "none" });
    const primary = account.make(RECORD, { ...failover("PRIMARY", "east"), healthCheckId: check.id });
    assert.equal(primary.id, `${zone.id}_api_A_east`);
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...failover("PRIMARY", "west"), healthCheckId: check.id });
    account.refusesToMake("InvalidChangeBatch", RECORD, failover("SECONDARY", "east"));
    account.refusesToMake("InvalidChangeBatch", RECORD, a);
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...a, setIdentifier: "w", weightedRoutingPolicies: [{ weight: 1 }] });
    account.make(RECORD, failover("SECONDARY", "west"));
    account.refusesToMake("InvalidInput", RECORD, { ...a, name: "alone", setIdentifier: "x" });
    refusedByCheck(RECORD, { ...a, failoverRoutingPolicies: [{ type: "PRIMARY" }] }, "setIdentifier");
    refusedByCheck(RECORD, { ...failover("PRIMARY", "e"), weightedRoutingPolicies: [{ weight: 1 }] }, "weightedRoutingPolicies");
    // Route 53 does not keep a health check that a record counts on
    account.delete(CHECK, check);
  });

  it("has one record of a region, and any number by weight", () => {
    const { account, a } = make();
    const by = (setIdentifier: string, policy: Properties): Properties => ({ ...a, setIdentifier, ...policy });
    account.make(RECORD, by("one", { latencyRoutingPolicies: [{ region: "us-east-1" }] }));
    account.refusesToMake("InvalidChangeBatch", RECORD, by("two", { latencyRoutingPolicies: [{ region: "us-east-1" }] }));
    account.make(RECORD, by("two", { latencyRoutingPolicies: [{ region: "us-west-2" }] }));
    account.make(RECORD, { ...by("one", { weightedRoutingPolicies: [{ weight: 1 }] }), name: "w" });
    account.make(RECORD, { ...by("two", { weightedRoutingPolicies: [{ weight: 1 }] }), name: "w" });
  });

  it("points aliases at load balancers and records that exist, by their own zone", () => {
    const { account, zone, a } = make();
    const { subnetA } = network(account);
    const balancer = account.make("aws:lb/loadBalancer:LoadBalancer", { name: "edge", loadBalancerType: "network", subnets: [subnetA.id] }).properties;
    const alias = (name: string, zoneId: string): Properties => ({
      zoneId: zone.id,
      name: "edge",
      type: "A",
      aliases: [{ name, zoneId, evaluateTargetHealth: true }],
    });
    const target = mustText(balancer, "dnsName");
    account.refusesToMake("InvalidChangeBatch", RECORD, alias("none.elb.us-east-1.amazonaws.com", mustText(balancer, "zoneId")));
    account.refusesToMake("InvalidChangeBatch", RECORD, alias(target, "Z00000000000"));
    account.refusesToMake("InvalidChangeBatch", RECORD, { ...alias(target, mustText(balancer, "zoneId")), type: "MX" });
    account.refusesToMake("InvalidChangeBatch", RECORD, alias("api.example.com", zone.id));
    account.refusesToMake("InvalidChangeBatch", RECORD, alias("api.elsewhere.net", zone.id));
    account.make(RECORD, alias(target.toUpperCase(), mustText(balancer, "zoneId")));
    account.make(RECORD, a);
    account.make(RECORD, { ...alias("api.example.com", zone.id), name: "" });
    refusedByCheck(RECORD, { ...alias("n", "z"), ttl: 60 }, "ttl");
  });
});

describe("embedded cloud: health checks", () => {
  it("checks endpoints that the internet can reach, from three regions or more", () => {
    const account = new Account();
    const web = { type: "HTTPS", fqdn: "api.example.com", resourcePath: "/health", requestInterval: 10, failureThreshold: 2 };
    const check = account.make(CHECK, { ...web, regions: ["us-east-1", "us-west-2", "eu-west-1"] });
    assert.equal(check.properties["enableSni"], true);
    assert.equal(check.properties["arn"], `arn:aws:route53:::healthcheck/${check.id}`);
    assert.equal(account.change(CHECK, check, { ...web, failureThreshold: 3 })["failureThreshold"], 3);
    account.refusesToMake("InvalidInput", CHECK, { ...web, regions: ["us-east-1", "us-west-2"] });
    account.refusesToMake("InvalidInput", CHECK, { type: "HTTP" });
    account.refusesToMake("InvalidInput", CHECK, { type: "TCP", fqdn: "a.test" });
    for (const ipAddress of ["10.1.2.3", "172.31.0.1", "127.0.0.1", "239.0.0.1", "fe80::1"])
      account.refusesToMake("InvalidInput", CHECK, { type: "HTTP", ipAddress });
    account.make(CHECK, { type: "HTTP", ipAddress: "192.0.2.1", port: 80 });
    account.refusesToMake("InvalidInput", CHECK, { ...web, searchString: "ok" });
    account.refusesToMake("InvalidInput", CHECK, { ...web, type: "HTTP_STR_MATCH" });
    account.make(CHECK, { ...web, type: "HTTPS_STR_MATCH", searchString: "ok" });
    refusedByCheck(CHECK, { ...web, requestInterval: 20 }, "requestInterval");
    refusedByCheck(CHECK, { ...web, failureThreshold: 11 }, "failureThreshold");
    refusedByCheck(CHECK, { ...web, regions: ["eu-central-1"] }, "regions[0]");
    refusedByCheck(CHECK, { ...web, referenceName: "x".repeat(28) }, "referenceName");
  });

  it("watches an alarm of any region, if Route 53 can evaluate it", () => {
    const account = new Account();
    account.make(ALARM, { ...cpu, region: "us-west-2" });
    const check = {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "cpu",
      cloudwatchAlarmRegion: "us-west-2",
      insufficientDataHealthStatus: "LastKnownStatus",
    };
    account.make(CHECK, check);
    account.refusesToMake("InvalidInput", CHECK, { ...check, cloudwatchAlarmRegion: "us-east-1" });
    account.refusesToMake("InvalidInput", CHECK, { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "cpu" });
    account.refusesToMake("InvalidInput", CHECK, { ...check, port: 80 });
    account.make(ALARM, { ...cpu, name: "some", datapointsToAlarm: 2 });
    account.refusesToMake("InvalidInput", CHECK, { ...check, cloudwatchAlarmName: "some", cloudwatchAlarmRegion: "us-east-1" });
    account.make(ALARM, { ...cpu, name: "fast", period: 10 });
    account.refusesToMake("InvalidInput", CHECK, { ...check, cloudwatchAlarmName: "fast", cloudwatchAlarmRegion: "us-east-1" });
  });

  it("counts other checks that exist", () => {
    const account = new Account();
    const child = account.make(CHECK, { type: "TCP", fqdn: "a.test", port: 443 });
    account.make(CHECK, { type: "CALCULATED", childHealthchecks: [child.id], childHealthThreshold: 1, invertHealthcheck: true });
    account.refusesToMake("InvalidInput", CHECK, { type: "CALCULATED", childHealthchecks: ["none"], childHealthThreshold: 1 });
    account.refusesToMake("InvalidInput", CHECK, { type: "CALCULATED", childHealthchecks: [child.id] });
    account.refusesToMake("InvalidInput", CHECK, { type: "CALCULATED", childHealthThreshold: 1, fqdn: "a.test" });
  });
});

describe("embedded cloud: alarms and topics", () => {
  it("wants one metric or queries of which one returns data, and actions of its own region", () => {
    const account = new Account();
    const topic = account.make(TOPIC, { name: "on-call" });
    const alarm = account.make(ALARM, { ...cpu, alarmActions: [topic.id], okActions: [topic.id] });
    assert.equal(alarm.properties["arn"], "arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu");
    assert.equal(account.change(ALARM, alarm, { ...cpu, threshold: 90 })["threshold"], 90);
    account.refusesToMake("ValidationError", ALARM, { ...cpu, name: "far", region: "us-west-2", alarmActions: [topic.id] });
    account.refusesToMake("ValidationError", ALARM, { ...cpu, datapointsToAlarm: 4 });
    account.refusesToMake("ValidationError", ALARM, { ...cpu, period: 600, evaluationPeriods: 145 });
    const query = (id: string, rest: Properties): Properties => ({ id, ...rest });
    const metric = { metricName: "Errors", namespace: "App", period: 60, stat: "Sum" };
    const math = { name: "math", comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 1 };
    account.make(ALARM, { ...math, metricQueries: [query("e", { metric }), query("r", { expression: "e * 2", returnData: true })] });
    account.refusesToMake("ValidationError", ALARM, { ...math, name: "m", metricQueries: [query("e", { metric })] });
    account.refusesToMake("ValidationError", ALARM, { ...math, name: "m", metricQueries: [query("e", { metric, expression: "1", returnData: true })] });
    account.refusesToMake("ValidationError", ALARM, {
      ...math,
      name: "m",
      metricQueries: [query("e", { metric, returnData: true }), query("e", { metric, label: "l" })],
    });
    const filled = (expression: string): Properties => ({
      ...math,
      name: "m",
      metricQueries: [query("e", { metric }), query("r", { expression, returnData: true })],
    });
    account.make(ALARM, filled("FILL(e, 60)"));
    account.refusesToMake("ValidationError", ALARM, filled("FILL(other, 60)"));
    account.refusesToMake("ValidationError", ALARM, filled("SUM(SEARCH('x', 'Sum'))"));
    refusedByCheck(ALARM, { ...math, name: "m" }, "metricName");
    refusedByCheck(ALARM, { ...cpu, period: 45 }, "period");
    refusedByCheck(ALARM, { ...cpu, extendedStatistic: "p99" }, "statistic");
    refusedByCheck(ALARM, { ...cpu, treatMissingData: "ok" }, "treatMissingData");
  });

  it("subscribes endpoints that fit their protocol to topics that exist, and loses them with the topic", () => {
    const account = new Account();
    const topic = account.make(TOPIC, { name: "on-call" });
    assert.equal(topic.id, "arn:aws:sns:us-east-1:123456789012:on-call");
    const mail = { topic: topic.id, protocol: "email", endpoint: "ops@example.com" };
    assert.equal(account.make(SUBSCRIPTION, mail).properties["pendingConfirmation"], true);
    account.refusesToMake("InvalidParameter", SUBSCRIPTION, { ...mail, endpoint: "ops" });
    account.refusesToMake("NotFound", SUBSCRIPTION, { ...mail, topic: `${topic.id}-none` });
    account.refusesToMake("KMSNotFound", TOPIC, { name: "secret", kmsMasterKeyId: "none" });
    account.refusesToMake("InvalidParameter", TOPIC, { name: "open", policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) });
    account.delete(TOPIC, topic);
    assert.deepEqual(account.record.everything(), []);
  });
});
