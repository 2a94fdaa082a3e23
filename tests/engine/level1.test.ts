import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { exportsSchema } from "../../exports/contract";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { recordOf, stackText, succeeded, useLab } from "./harness";

const stack = "level1";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface State {
  deployment: {
    resources: {
      urn: string;
      type: string;
      id?: string;
      parent?: string;
      dependencies?: string[];
      inputs?: Record<string, unknown>;
      outputs?: Record<string, unknown>;
    }[];
  };
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

describe("level 1 on the real engine", function () {
  this.timeout(180_000);
  const lab = useLab();
  const up = ["up", "--yes", "--skip-preview", "--suppress-outputs", "--non-interactive"];

  it("is created whole, with exports that keep their contract", async () => {
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack }));
    const exported = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
    assert.deepEqual(
      exported.hosts.map((host) => host.name),
      goodBlueprint().hosts.map((host) => host.name),
    );
    const instances = recordOf(lab()).filter((resource) => resource.type === "aws:ec2/instance:Instance");
    assert.equal(instances.length, goodBlueprint().hosts.length);
    for (const host of exported.hosts) {
      assert.equal(instances.find((instance) => instance.id === host.instanceId)?.properties["privateIp"], host.address);
    }
  });

  it("is unchanged when asked again, also without any credentials", async () => {
    const credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"];
    for (const name of credentials) assert.equal(lab().environment[name], undefined, `this test is to run without ${name}`);
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack }));
    succeeded(await lab().capture([...up, "--expect-no-changes"], { stack }));
  });

  it("has no secret in clear, no user data over the limit, and no id, ARN or dependency that leads nowhere", async () => {
    const state = (await lab().json(["stack", "export"], { stack })) as State;
    const shown = (await lab().json(["stack", "export", "--show-secrets"], { stack })) as State;
    const { resources } = state.deployment;
    const generated = shown.deployment.resources
      .filter((resource) => resource.type === "random:index/randomPassword:RandomPassword" || resource.type === "tls:index/privateKey:PrivateKey")
      .flatMap((resource) => texts(resource.outputs))
      // A shown secret is its value as JSON.
      .map((text) => (text.startsWith('"') ? (JSON.parse(text) as string) : text))
      .filter((text) => text.length === 40 || text.includes("PRIVATE KEY"));
    assert.ok(generated.length >= 16, `${String(generated.length)} generated values`);
    const clear = JSON.stringify(state);
    for (const value of generated) assert.ok(!clear.includes(JSON.stringify(value).slice(1, -1)), "a generated value is in the state in clear");
    assert.doesNotMatch(clear, /PRIVATE KEY/);
    assert.ok(!clear.includes(UNKNOWN));
    const userData = resources
      .filter((resource) => resource.type === "aws:ec2/launchTemplate:LaunchTemplate")
      .map((resource) => String(resource.inputs?.["userData"]));
    assert.equal(userData.length, goodBlueprint().hosts.length);
    for (const text of userData) assert.ok(Buffer.from(text, "base64").length <= 16_384);
    const urns = new Set(resources.map((resource) => resource.urn));
    const ids = new Set(resources.flatMap((resource) => [resource.id, resource.outputs?.["arn"], ...texts(resource.outputs)]));
    const record = new Set(recordOf(lab()).map((resource) => resource.id));
    for (const resource of resources) {
      for (const dependency of [...(resource.dependencies ?? []), ...(resource.parent === undefined ? [] : [resource.parent])]) {
        assert.ok(urns.has(dependency), `${resource.urn} depends on ${dependency}`);
      }
      for (const text of texts(resource.inputs)) {
        if (/^(vpc|subnet|sg|igw|nat|rtb|eipalloc|vol|i|lt)-[0-9a-f]{8,}$/.test(text)) assert.ok(record.has(text), `${resource.urn} names ${text}`);
        if (/^arn:aws:(?!iam::aws:)[^*]*$/.test(text)) assert.ok(ids.has(text), `${resource.urn} names ${text}`);
      }
    }
  });

  it("sees with refresh what somebody else changed, and puts it right", async () => {
    const record = JSON.parse(readFileSync(lab().record, "utf8")) as { resources: Record<string, { type: string; properties: Record<string, unknown> }> };
    const group = Object.values(record.resources).find((resource) => resource.type === "aws:cloudwatch/logGroup:LogGroup");
    assert.ok(group);
    group.properties["retentionInDays"] = 1;
    writeFileSync(lab().record, JSON.stringify(record));
    const drift = await lab().capture(["refresh", "--yes", "--skip-preview", "--expect-no-changes", "--non-interactive"], { stack });
    assert.notEqual(drift.status, 0, "refresh did not see the drift");
    succeeded(await lab().capture(["refresh", "--yes", "--skip-preview", "--non-interactive"], { stack }));
    succeeded(await lab().capture(up, { stack }));
    const after = recordOf(lab()).find((resource) => resource.type === "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(after?.properties["retentionInDays"], goodBlueprint().network.flowLogRetentionDays);
  });

  it("changes the launch templates of the database hosts, and touches no running host, when Patroni's ttl changes", async () => {
    const config = stackText({ patroniTtlSeconds: 30 });
    const plan = (await lab().json(["preview", "--json", "--non-interactive"], { stack, config })) as { steps: { op: string; urn: string }[] };
    const changed = plan.steps
      .filter((step) => step.op !== "same" && !step.urn.includes("pulumi:pulumi:Stack"))
      .map((step) => `${step.op} ${step.urn.split("::").slice(3).join("::")}`);
    const expected = ["db-1", "db-2", "db-3"].map((host) => `update bundler-level1-database-${host}-template`);
    assert.deepEqual(changed.filter((step) => !/update bundler-level1(-database)?(-db-\d)?$/.test(step)).sort(), expected);
  });

  it("does not destroy data that is protected, and leaves nothing once the protection is taken off", async () => {
    const refused = await lab().capture(["destroy", "--yes", "--skip-preview", "--non-interactive"], { stack });
    assert.notEqual(refused.status, 0);
    assert.match(`${refused.stdout}${refused.stderr}`, /protected/);
    const kept = new Set(recordOf(lab()).map((resource) => resource.type));
    for (const type of ["aws:ebs/volume:Volume", "aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:secretsmanager/secret:Secret"])
      assert.ok(kept.has(type), type);
    succeeded(await lab().capture(["state", "unprotect", "--all", "--yes"], { stack }));
    succeeded(await lab().capture(["destroy", "--yes", "--skip-preview", "--non-interactive"], { stack }));
    assert.deepEqual(recordOf(lab()), []);
  });
});

for (const [name, overrides] of [
  ["MinIO", minioOverrides],
  ["a load balancer", nlbOverrides],
] as const) {
  describe(`level 1 with ${name} on the real engine`, function () {
    this.timeout(180_000);
    const lab = useLab();

    it("is created whole with exports of the same shape, and unchanged when asked again", async () => {
      const config = stackText(overrides);
      await lab().ensureStack(stack);
      succeeded(await lab().capture(["up", "--yes", "--skip-preview", "--suppress-outputs", "--non-interactive"], { stack, config }));
      exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
      succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
    });
  });
}
