import assert from "node:assert/strict";
import { deploy } from "../../components/deployment";
import { renderHosts } from "../../hosts";
import { goodBlueprint, level2Overrides, minioOverrides, nlbOverrides, ownRegions } from "../fixtures/good";
import { runPythonTests } from "../hosts/python";
import { deployed, Deployment, permissions } from "./deployment";
import { startMocks } from "./monitor";

async function deployedRegions(overrides: Record<string, unknown> = {}): Promise<Deployment> {
  const plan = ownRegions(overrides);
  const finished = startMocks("deployed", plan.primary.stack);
  deploy(plan, { primary: renderHosts(plan.primary), standby: renderHosts(plan.standby) });
  return new Deployment(plan.primary, await finished());
}

describe("two regions of own hosts", function () {
  this.timeout(120_000);
  const { primary, standby } = ownRegions();
  let both: Deployment;
  before(async () => {
    both = await deployedRegions();
  });

  const database = ({ hosts }: typeof primary): string[] => hosts.filter(({ role }) => role === "database").map(({ address }) => `${address}/32`);

  it("let in the other region's database hosts, each by its address, to PostgreSQL and Patroni only", () => {
    for (const [prefix, other] of [
      ["bundler-level1-sg-other-", standby],
      ["bundler-level1-b-sg-other-", primary],
    ] as const) {
      const rules = both
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter(({ name }) => name.startsWith(prefix))
        .map((rule) => both.inputs(rule));
      assert.deepEqual(
        rules.map(({ cidrIpv4, fromPort }) => `${String(cidrIpv4)} ${String(fromPort)}`).sort(),
        database(other)
          .flatMap((address) => [`${address} 5432`, `${address} 8008`])
          .sort(),
      );
    }
  });

  it("route each other's network over one peering from every private table", () => {
    const routes = both.ofType("aws:ec2/route:Route").map((route) => both.inputs(route));
    const peered = routes.filter(({ vpcPeeringConnectionId }) => vpcPeeringConnectionId !== undefined);
    assert.equal(new Set(peered.map(({ routeTableId }) => routeTableId)).size, 6);
    assert.deepEqual([...new Set(peered.map(({ destinationCidrBlock }) => destinationCidrBlock))].sort(), [primary.network.vpcCidr, standby.network.vpcCidr]);
  });

  it("have one set of secrets and one authority, whose certificates name the hosts of both", () => {
    const request = both.named("bundler-level1-secrets-tls-tls-database-request");
    const addresses = both.inputs(request)["ipAddresses"] as string[];
    for (const cidr of [...database(primary), ...database(standby)]) assert.ok(addresses.includes(cidr.replace("/32", "")), cidr);
    assert.equal(both.ofType("tls:index/selfSignedCert:SelfSignedCert").length, 1);
    const names = both.ofType("aws:secretsmanager/secret:Secret").map((secret) => both.inputs(secret));
    assert.equal(names.length, new Set(names.map(({ name }) => name)).size);
    for (const { replicas } of names) assert.equal((replicas as { region: string }[])[0]?.region, standby.region);
  });

  it("ask of the first region's edge whether its region takes writes, and nothing of the second's", () => {
    const records = ["bundler-level1-edge-failover-record", "bundler-level1-b-edge-failover-record"].map((name) => both.inputs(both.named(name)));
    assert.equal(both.ofType("aws:route53/record:Record").length, records.length);
    assert.deepEqual(
      records.map(({ name, setIdentifier, failoverRoutingPolicies, healthCheckId }) => [
        name,
        setIdentifier,
        failoverRoutingPolicies,
        healthCheckId !== undefined,
      ]),
      [
        [primary.domain, "primary", [{ type: "PRIMARY" }], true],
        [primary.domain, "standby", [{ type: "SECONDARY" }], false],
      ],
    );
    const [check, ...others] = both.ofType("aws:route53/healthCheck:HealthCheck").map((one) => both.inputs(one));
    assert.deepEqual(others, []);
    assert.deepEqual([check?.["fqdn"], check?.["resourcePath"], check?.["ipAddress"]], [primary.domain, primary.pair?.path, "203.0.113.7"]);
  });

  it("ask each address of a load balancer, of which one that answers is enough", async () => {
    const balanced = await deployedRegions(nlbOverrides);
    const checks = balanced.ofType("aws:route53/healthCheck:HealthCheck").map((one) => balanced.inputs(one));
    const calculated = checks.filter(({ type }) => type === "CALCULATED");
    assert.equal(checks.length, primary.network.zones.length + 1);
    assert.deepEqual(
      calculated.map(({ childHealthchecks, childHealthThreshold }) => [(childHealthchecks as string[]).length, childHealthThreshold]),
      [[primary.network.zones.length, 1]],
    );
  });

  it("have a word of who takes writes in each, which database hosts may read and the plan's functions write", () => {
    const parameter = primary.pair?.parameter;
    const arns = [primary, standby].map(({ region }) => `arn:aws:ssm:${region}:123456789012:parameter${String(parameter)}`);
    const words = both.ofType("aws:ssm/parameter:Parameter").map((one) => both.inputs(one));
    assert.deepEqual(
      words.map(({ name, value }) => [name, value]),
      [
        [parameter, "primary"],
        [parameter, "primary"],
      ],
    );
    const allowed = both
      .ofType("aws:iam/rolePolicy:RolePolicy")
      .flatMap((policy) => permissions(both.inputs(policy)["policy"]).map((permission) => ({ name: policy.name, permission })));
    for (const arn of arns) {
      const to = (action: string): string[] => allowed.filter(({ permission }) => permission === `Allow ssm:${action} ${arn}`).map(({ name }) => name);
      assert.deepEqual(to("GetParameter").sort(), ["bundler-level1-b-database-database-policy", "bundler-level1-database-database-policy"]);
      assert.deepEqual(to("PutParameter").length, 2);
      assert.ok(to("PutParameter").every((name) => name.includes("take-over")));
    }
  });

  it("have an alarm of the lag in each region, which silence rings too and the plan hears, and which database hosts alone may tell", () => {
    const alarms = both.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual(
      alarms.map((alarm) => {
        const { name, threshold, evaluationPeriods, treatMissingData, comparisonOperator } = both.inputs(alarm);
        return [alarm.name, /::aws-([a-z0-9-]+)::/.exec(alarm.provider)?.[1], name, threshold, evaluationPeriods, treatMissingData, comparisonOperator];
      }),
      [primary, standby].map(({ site, region, names }) => [
        `bundler-level1-regions-lag-${site}-alarm`,
        region,
        `${names.prefix}-database-lag`,
        10,
        2,
        "breaching",
        "GreaterThanThreshold",
      ]),
    );
    const { metric, periodSeconds } = primary.pair?.lag ?? {};
    for (const alarm of alarms) {
      const [said, lag, ...others] = both.inputs(alarm)["metricQueries"] as Record<string, unknown>[];
      assert.deepEqual(others, []);
      assert.deepEqual(said, {
        id: "said",
        metric: { namespace: metric?.namespace, metricName: metric?.metric, dimensions: { Stack: "bundler-level1" }, stat: "Maximum", period: periodSeconds },
      });
      assert.deepEqual([lag?.["expression"], lag?.["returnData"]], ["FILL(said, 60)", true]);
    }
    const [plan] = both.ofType("aws:arcregionswitch/plan:Plan").map((one) => both.inputs(one));
    assert.equal((plan?.["associatedAlarms"] as unknown[]).length, 2);
    const tellers = both
      .ofType("aws:iam/rolePolicy:RolePolicy")
      .flatMap((policy) =>
        (JSON.parse(both.inputs(policy)["policy"] as string) as { Statement: object[] }).Statement.map((one) => ({ name: policy.name, one })),
      )
      .filter(({ one }) => JSON.stringify(one).includes("PutMetricData"));
    assert.deepEqual(tellers.map(({ name }) => name).sort(), ["bundler-level1-b-database-database-policy", "bundler-level1-database-database-policy"]);
    for (const { one } of tellers)
      assert.deepEqual(one, {
        Effect: "Allow",
        Action: ["cloudwatch:PutMetricData"],
        Resource: ["*"],
        Condition: { StringEquals: { "cloudwatch:namespace": "Bundler" } },
      });
  });

  it("are switched by one plan with the same steps in either direction: a person, then the region's own function", () => {
    const [plan, ...others] = both.ofType("aws:arcregionswitch/plan:Plan").map((one) => both.inputs(one));
    assert.deepEqual(others, []);
    const workflows = plan?.["workflows"] as { workflowTargetRegion: string; steps: Record<string, unknown>[] }[];
    assert.deepEqual(
      workflows.map(({ workflowTargetRegion, steps }) => [workflowTargetRegion, steps.map(({ executionBlockType }) => executionBlockType)]),
      [primary, standby].map(({ region }) => [region, ["ManualApproval", "CustomActionLambda"]]),
    );
    const variables = both
      .ofType("aws:lambda/function:Function")
      .map((one) => (both.inputs(one)["environment"] as { variables: Record<string, string> }).variables)
      // The engine registers them in either order.
      .sort((one, other) => String(one["SITE"]).localeCompare(String(other["SITE"])));
    assert.deepEqual(
      variables.map(({ SITE, REGIONS, DOMAIN }) => [SITE, REGIONS, DOMAIN]),
      [
        ["primary", "us-east-1,us-west-2", primary.domain],
        ["standby", "us-west-2,us-east-1", primary.domain],
      ],
    );
  });

  it("copy objects both ways", () => {
    assert.equal(both.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig").length, 2 * primary.objects.buckets.length);
  });

  it("with MinIO let in each other's MinIO hosts, copy by no rule of S3's, and have both sites' names in the certificate", async () => {
    const minio = await deployedRegions(minioOverrides);
    const plan = ownRegions(minioOverrides);
    const objects = ({ hosts }: typeof primary): string[] => hosts.filter(({ role }) => role === "objects").map(({ address }) => `${address}/32`);
    for (const [prefix, other] of [
      ["bundler-level1-sg-other-", plan.standby],
      ["bundler-level1-b-sg-other-", plan.primary],
    ] as const) {
      const rules = minio
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter(({ name }) => name.startsWith(prefix) && name.includes("-to-objects-"))
        .map((rule) => minio.inputs(rule));
      assert.deepEqual(
        rules.map(({ cidrIpv4, fromPort }) => [cidrIpv4, fromPort]).sort(),
        objects(other)
          .map((address) => [address, plan.primary.objects.minio?.port])
          .sort(),
      );
    }
    assert.deepEqual(minio.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig"), []);
    const names = minio.inputs(minio.named("bundler-level1-secrets-tls-tls-objects-request"))["dnsNames"] as string[];
    for (const name of ["objects-primary", "objects-standby", "minio-1"]) assert.ok(names.includes(name), name);
    const facts = minio.ofType("ha:objects:Minio").map((one) => one.facts);
    assert.deepEqual(facts.map((one) => (one?.["sites"] as { own: string }).own).sort(), ["objects-primary", "objects-standby"]);
  });

  it("have nothing of it where there is one region", async () => {
    for (const blueprint of [goodBlueprint(), goodBlueprint(level2Overrides)]) {
      const one = await deployed(blueprint);
      for (const type of [
        "aws:route53/zone:Zone",
        "aws:route53/record:Record",
        "aws:ssm/parameter:Parameter",
        "aws:lambda/function:Function",
        "aws:cloudwatch/metricAlarm:MetricAlarm",
      ])
        assert.deepEqual(one.ofType(type), [], type);
    }
  });

  it("say who takes writes by a program that goes on without a lost region, and fails when its own is not told", function () {
    this.timeout(60_000);
    runPythonTests("regions", "components");
  });
});
