import assert from "node:assert/strict";
import { secretsOf } from "../../components/host/profile";
import { planHost } from "../../hosts";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { registered, type Registered } from "./mocks";

const count = (resources: Registered[], type: string): number => resources.filter((resource) => resource.type === type).length;

describe("the platform's resources", function () {
  this.timeout(60_000);
  const blueprint = goodBlueprint();
  let resources: Registered[];
  before(async () => {
    resources = await registered(blueprint);
  });

  it("has one instance, template and address for each host, and one volume for each of its volumes", () => {
    const addresses = resources.filter((one) => one.type === "aws:ec2/instance:Instance").map((one) => String(one.inputs["privateIp"]));
    assert.deepEqual(addresses.sort(), blueprint.hosts.map((host) => host.address).sort());
    assert.equal(count(resources, "aws:ec2/launchTemplate:LaunchTemplate"), blueprint.hosts.length);
    assert.equal(count(resources, "aws:ebs/volume:Volume"), blueprint.hosts.flatMap((host) => host.volumes).length);
  });

  it("names every child by its parent's name, each once", () => {
    for (const { name, type } of resources) assert.ok(name.startsWith("p") || type.startsWith("pulumi:"), `${type} ${name}`);
    const names = resources.map((one) => `${one.type} ${one.name}`);
    assert.equal(new Set(names).size, names.length);
  });

  it("has a NAT gateway in every zone, encrypted volumes, and IMDSv2 only", () => {
    assert.equal(count(resources, "aws:ec2/natGateway:NatGateway"), blueprint.network.zones.length);
    for (const volume of resources.filter((one) => one.type === "aws:ebs/volume:Volume")) assert.equal(volume.inputs["encrypted"], true, volume.name);
    for (const template of resources.filter((one) => one.type === "aws:ec2/launchTemplate:LaunchTemplate")) {
      assert.equal((template.inputs["metadataOptions"] as { httpTokens: string }).httpTokens, "required");
    }
  });

  it("has one ingress rule by reference for each flow, and addresses only for the internet to the edge", () => {
    const rules = resources.filter((one) => one.type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    const roles = new Set(blueprint.hosts.map((host) => host.role)).size;
    const expected = blueprint.flows.reduce((sum, flow) => sum + (flow.from === "endpoint-clients" ? roles : 1), 0);
    assert.equal(rules.length, expected);
    const open = rules.filter((rule) => rule.inputs["cidrIpv4"] !== undefined).map((rule) => rule.name);
    assert.deepEqual(open.sort(), ["p-sg-internet-to-edge-443", "p-sg-internet-to-edge-80"]);
    assert.ok(!rules.some((rule) => rule.inputs["fromPort"] === 22), "no SSH");
  });

  it("lets each role read exactly the secrets that its hosts' files name, the wallet only where it signs", () => {
    for (const role of ["edge", "api", "worker", "database", "redis"] as const) {
      const policy = resources.find((one) => one.type === "aws:iam/rolePolicy:RolePolicy" && one.name.endsWith(`-${role}-policy`));
      assert.ok(policy, role);
      const { Statement } = JSON.parse(policy.inputs["policy"] as string) as { Statement: { Action: string[]; Resource: string[] }[] };
      const read = Statement.filter((one) => one.Action.includes("secretsmanager:GetSecretValue")).flatMap((one) => one.Resource);
      const named = secretsOf(blueprint.hosts.filter((host) => host.role === role).map((host) => planHost(blueprint, host)));
      assert.deepEqual(read.sort(), named.map((secret) => `arn:aws:x:us-east-1:1:p-secrets-${secret}`).sort());
      assert.equal(named.includes("wallet"), role === "api" || role === "worker");
      for (const { Action, Resource } of Statement) {
        if (Resource.includes("*")) assert.deepEqual(Action, ["ec2:DescribeAddresses"], `${role} may do ${Action.join()} to everything`);
      }
    }
  });

  it("gives the operator's secrets no value", () => {
    const values = resources.filter((one) => one.type === "aws:secretsmanager/secretVersion:SecretVersion").map((one) => one.name);
    for (const secret of ["wallet", "raw-data-item-wallet", "application-external", "edge-certificate"]) {
      assert.ok(!values.includes(`p-secrets-${secret}-value`), secret);
      assert.ok(
        resources.some((one) => one.name === `p-secrets-${secret}`),
        secret,
      );
    }
  });
});

describe("variants of the platform", function () {
  this.timeout(60_000);

  it("MinIO has six hosts with two volumes each, and no bucket of S3", async () => {
    const resources = await registered(goodBlueprint(minioOverrides));
    assert.equal(resources.filter((one) => /^p-objects-minio-\d-instance$/.test(one.name)).length, 6);
    assert.equal(resources.filter((one) => /^p-objects-minio-\d-drive-\d$/.test(one.name) && one.type === "aws:ebs/volume:Volume").length, 12);
    assert.equal(count(resources, "aws:s3/bucket:Bucket"), 0);
  });

  it("a load balancer has an address a zone and both edge hosts behind both ports", async () => {
    const resources = await registered(goodBlueprint(nlbOverrides));
    assert.equal(count(resources, "aws:lb/targetGroupAttachment:TargetGroupAttachment"), 4);
    assert.equal(resources.filter((one) => one.type === "aws:ec2/eip:Eip" && one.name.startsWith("p-edge-eip-")).length, 3);
  });
});
