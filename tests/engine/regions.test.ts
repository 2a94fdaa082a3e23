import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportsSchema } from "../../exports/contract";
import { destroyStack } from "../../lab/engine/destroy";
import { withValues } from "../../lab/engine/stackFile";
import { repository } from "../../lab/setup/paths";
import { readEvidence } from "../../policies/evidence";
import { rules } from "../../policies/rules";
import { fromState } from "../../policies/stack/fromState";
import { Stack } from "../../policies/stack/stack";
import { verdict } from "../../policies/verdict";
import { minioOverrides } from "../fixtures/good";
import { namedBy, spoiled, type State } from "../policies/mutation";
import { minioRegionMutations } from "../policies/mutations/minio-regions";
import { recordOf, succeeded, up, useLab } from "./harness";

const level3 = readFileSync(join(repository, "Pulumi.level3.yaml"), "utf8");

/** Types that hold what cannot be made again. */
const dataTypes = [
  "aws:ebs/volume:Volume",
  "tls:index/privateKey:PrivateKey",
  "aws:rds/cluster:Cluster",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:s3/bucket:Bucket",
  "aws:kms/key:Key",
  "aws:secretsmanager/secret:Secret",
  "random:index/randomPassword:RandomPassword",
];

interface Step {
  op: string;
  urn: string;
  newState?: { type: string };
}

describe("level 3 on the real engine", function () {
  this.timeout(600_000);
  const lab = useLab();

  for (const traffic of ["route53", "globalAccelerator"]) {
    it(`is created whole in two regions by one run, with ${traffic}, and unchanged when asked again`, async () => {
      const stack = traffic === "route53" ? "level3" : "level3-ga";
      const config = withValues(level3, { traffic, domain: `${stack}.example.com` });
      await lab().ensureStack(stack);
      succeeded(await lab().capture(up, { stack, config }));
      const { standby, endpoint } = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
      assert.equal(standby?.region, "us-west-2");
      assert.equal(standby.groups.find(({ role }) => role === "worker")?.minimum, 0);
      assert.equal(endpoint.nameServers.length, 4);
      for (const { arn } of Object.values(standby.secrets)) assert.match(arn, /^arn:aws:secretsmanager:us-west-2:/);
      succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
    });
  }
});

describe("level 3 on own hosts, on the real engine", function () {
  this.timeout(600_000);
  const lab = useLab();
  const stack = "level3";
  const config = withValues(level3, { hosting: "selfHosted" });

  it("is created whole in two regions by one run, peered, with a failover pair and one writer's word", async () => {
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack, config }));
    const { standby, endpoint, hosts } = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
    assert.equal(standby?.region, "us-west-2");
    for (const role of ["database", "redis", "worker", "edge"])
      assert.equal(standby.hosts.filter((host) => host.role === role).length, hosts.filter((host) => host.role === role).length, role);
    assert.deepEqual(
      standby.services.database.members.map(({ address }) => address),
      standby.hosts.filter(({ role }) => role === "database").map(({ address }) => address),
    );
    assert.equal(endpoint.nameServers.length, 4);
    const record = recordOf(lab());
    const of = (type: string): Record<string, unknown>[] => record.filter((one) => one.type === type).map(({ properties }) => properties);
    const pair = of("aws:route53/record:Record").filter(({ name }) => name === "bundler3.example.com");
    const checks = of("aws:route53/healthCheck:HealthCheck");
    assert.deepEqual(pair.map(({ setIdentifier, records, healthCheckId }) => [setIdentifier, records, healthCheckId !== undefined]).sort(), [
      ["primary", endpoint.publicAddresses, true],
      ["standby", standby.endpoint.publicAddresses, false],
    ]);
    assert.deepEqual(
      checks.map(({ ipAddress, resourcePath }) => [ipAddress, resourcePath]),
      [[endpoint.publicAddresses[0], "/bundler-region"]],
    );
    assert.deepEqual(
      of("aws:ec2/vpcPeeringConnection:VpcPeeringConnection").map(({ acceptStatus }) => acceptStatus),
      ["active"],
    );
    const peered = of("aws:ec2/route:Route").filter(({ vpcPeeringConnectionId }) => vpcPeeringConnectionId !== undefined);
    assert.deepEqual([...new Set(peered.map(({ state }) => state))], ["active"]);
    assert.equal(peered.length, 6);
    assert.deepEqual(
      of("aws:ssm/parameter:Parameter").map(({ name, value }) => [name, value]),
      [
        ["/bundler-level3/writer", "primary"],
        ["/bundler-level3/writer", "primary"],
      ],
    );
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
  });

  it("leaves alone who takes writes, after somebody has said it", async () => {
    const text = JSON.parse(readFileSync(lab().record, "utf8")) as { resources: Record<string, { type: string; properties: Record<string, unknown> }> };
    for (const { type, properties } of Object.values(text.resources)) if (type === "aws:ssm/parameter:Parameter") properties["value"] = "standby";
    writeFileSync(lab().record, JSON.stringify(text));
    succeeded(await lab().capture([...up, "--refresh"], { stack, config }));
    const words = recordOf(lab()).filter(({ type }) => type === "aws:ssm/parameter:Parameter");
    assert.deepEqual(
      words.map(({ properties }) => properties["value"]),
      ["standby", "standby"],
    );
  });

  it("is destroyed to nothing", async () => {
    lab().setValues(stack, { hosting: "selfHosted" });
    await destroyStack(lab(), stack, false);
    assert.deepEqual(recordOf(lab()), []);
  });
});

describe("level 3 on own hosts with MinIO, on the real engine", function () {
  this.timeout(600_000);
  const lab = useLab();
  const stack = "level3";
  const config = withValues(level3, { hosting: "selfHosted", ...minioOverrides });
  const given = { evidence: readEvidence(), today: new Date() };
  // Its drills are of level 1's MinIO: what they have shown is held where that is recorded.
  const judging = rules.filter(({ name }) => name !== "drills-prove-it");
  const broken = (state: State): string[] => {
    const judged = new Stack(fromState(state));
    return judging.filter((rule) => verdict(rule, judged, {}, given).length > 0).map(({ name }) => name);
  };
  let state: State;

  it("is created whole in two regions by one run, with the same buckets in both, and unchanged when asked again", async () => {
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack, config }));
    const { standby, services } = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
    assert.equal(services.objects.kind, "minio");
    assert.deepEqual(standby?.services.objects.buckets, services.objects.buckets);
    assert.equal(standby.services.objects.members.length, services.objects.members.length);
    const kinds = new Set(recordOf(lab()).map(({ type }) => type));
    assert.ok(!kinds.has("aws:s3/bucket:Bucket") && !kinds.has("aws:s3/bucketReplicationConfig:BucketReplicationConfig"));
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
    state = (await lab().json(["stack", "export"], { stack })) as State;
  });

  it("passes the rules in silence, and each spoiled field is caught by the rule that it names", () => {
    assert.deepEqual(broken(state), []);
    for (const mutation of minioRegionMutations)
      assert.deepEqual(
        broken(spoiled(state, mutation)).sort(),
        namedBy(
          mutation,
          judging.map(({ name }) => name),
        ),
        mutation.what,
      );
  });

  it("is destroyed to nothing", async () => {
    await destroyStack(lab(), stack, false, config);
    assert.deepEqual(recordOf(lab()), []);
  });
});

for (const [hosting, objects] of [
  ["managed", "S3"],
  ["selfHosted", "S3"],
  ["selfHosted", "MinIO"],
] as const)
  describe(`the step from level 2 to 3 by config alone, ${hosting} with ${objects}`, function () {
    this.timeout(600_000);
    const lab = useLab();
    const stack = "step23";
    // Certificates that name their hosts are signed anew for those of both regions, with the keys that they had.
    const renewed =
      /^(tls:index\/(certRequest:CertRequest|locallySignedCert:LocallySignedCert)|aws:secretsmanager\/secretVersion:SecretVersion)::.*-tls-(database|redis|objects)(-request|-value)?$/;

    it("adds a region: it replaces and deletes nothing, and changes no data but for tags, replicas and Redis's second replica", async () => {
      const config = withValues(level3, { hosting, domain: "step.example.com", ...(objects === "MinIO" ? minioOverrides : {}) });
      await lab().ensureStack(stack);
      succeeded(await lab().capture(up, { stack, config: withValues(config, { level: 2 }) }));
      const plan = (await lab().json(["preview", "--json", "--non-interactive"], { stack, config })) as { steps: (Step & { diffReasons?: string[] })[] };
      const other = plan.steps
        .filter(({ op }) => !["same", "create", "update"].includes(op))
        .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join("::")}`);
      assert.deepEqual(
        other.filter((one) => !renewed.test(one.split(" ")[1]?.split("$").at(-1) ?? "")),
        [],
      );
      const expected = ["tags", "tagsAll", "replicas", "numCacheClusters", "preferredCacheClusterAzs"];
      const touched = plan.steps
        .filter(({ op, newState }) => op === "update" && dataTypes.includes(newState?.type ?? ""))
        .flatMap(({ urn, diffReasons }) =>
          (diffReasons ?? ["unknown"]).filter((reason) => !expected.some((one) => reason.startsWith(one))).map((reason) => `${urn}: ${reason}`),
        );
      assert.deepEqual(touched, []);
      succeeded(await lab().capture(up, { stack, config }));
      succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
    });
  });
