import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { exportsSchema } from "../../exports/contract";
import { destroyStack } from "../../lab/engine/destroy";
import type { Lab } from "../../lab/engine/lab";
import { goodBlueprint, level2Overrides, managedBlueprint, managedOverrides } from "../fixtures/good";
import { dataIn, dataTypes, missing } from "./data";
import { recordOf, stackText, succeeded, up, useLab } from "./harness";

/** Those that a destroy must leave: what the stack generates is in its state, and logs and programs are no data. */
function keptIn(lab: Lab): Set<string> {
  const generated = /^(random:|tls:|aws:secretsmanager\/secretVersion:)|Bucket .*-(access-logs|programs)$|\/(application|database-owner|redis-cache)-\w+$/;
  const kept = [...dataIn(lab)].filter((one) => !generated.test(one));
  for (const type of [
    "aws:s3/bucket:Bucket",
    "aws:kms/key:Key",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:secretsmanager/secret:Secret",
    "aws:rds/",
  ])
    assert.ok(
      kept.some((one) => one.startsWith(type)),
      `the embedded cloud holds no ${type}`,
    );
  return new Set(kept);
}

interface Step {
  op: string;
  urn: string;
  newState?: { type: string };
  /** Properties that change. */
  diffReasons?: string[];
}

describe("level 2 on own hosts, on the real engine", function () {
  this.timeout(180_000);
  const lab = useLab();

  it("is created whole from its own stack file, with exports that keep the contract, and unchanged when asked again", async () => {
    const stack = "level2";
    await lab().ensureStack(stack);
    lab().setValues(stack, { hosting: "selfHosted" });
    succeeded(await lab().capture(up, { stack }));
    const exported = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
    assert.equal(exported.hosts.filter(({ role }) => role === "api").length, 6);
    assert.equal(exported.hosts.filter(({ role }) => role === "worker").length, 3);
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack }));
  });
});

for (const level of [1, 2] as const) {
  describe(`managed level ${String(level)} on the real engine`, function () {
    this.timeout(180_000);
    const lab = useLab();
    const stack = `level${String(level)}`;

    it("is created whole from its own stack file, with exports that keep the contract and lead to what the cloud has", async () => {
      await lab().ensureStack(stack);
      lab().setValues(stack, { hosting: "managed" });
      succeeded(await lab().capture(up, { stack }));
      const exported = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
      const record = recordOf(lab());
      const valuesOf = (type: string, property: string): unknown[] =>
        record
          .filter((resource) => resource.type === type)
          .map(({ properties }) => properties[property])
          .sort();
      assert.deepEqual(exported.hosts, []);
      assert.deepEqual(exported.groups.map(({ autoScalingGroup }) => autoScalingGroup).sort(), valuesOf("aws:autoscaling/group:Group", "name"));
      assert.ok(valuesOf("aws:lb/loadBalancer:LoadBalancer", "dnsName").includes(exported.endpoint.canonicalName));
      const { database, redis } = exported.services;
      assert.deepEqual(Object.values(redis.endpoints).sort(), valuesOf("aws:elasticache/replicationGroup:ReplicationGroup", "primaryEndpointAddress"));
      assert.deepEqual(
        [database.endpoints["writer"]],
        level === 1 ? valuesOf("aws:rds/instance:Instance", "address") : valuesOf("aws:rds/cluster:Cluster", "endpoint"),
      );
      assert.equal(valuesOf("aws:rds/clusterInstance:ClusterInstance", "id").length, level === 1 ? 0 : managedBlueprint().network.zones.length);
    });

    it("is unchanged when asked again", async () => {
      succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack }));
      succeeded(await lab().capture([...up, "--expect-no-changes"], { stack }));
    });

    it("does not destroy data that is protected, here and in the cloud, and leaves nothing once an operator takes the protection off", async () => {
      const before = keptIn(lab());
      const refused = await lab().capture(["destroy", "--yes", "--skip-preview", "--non-interactive"], { stack });
      assert.notEqual(refused.status, 0);
      // A load balancer's own protection may be met before a database's.
      assert.match(`${refused.stdout}${refused.stderr}`, /currently marked for protection|deletion protection/);
      assert.deepEqual(missing(before, keptIn(lab())), []);
      await destroyStack(lab(), stack, false);
      assert.deepEqual(recordOf(lab()), []);
      assert.ok(!lab().stackExists(stack));
    });
  });
}

/** URNs that the engine protects. */
async function protectedIn(lab: Lab, stack: string): Promise<string[]> {
  const { deployment } = (await lab.json(["stack", "export"], { stack })) as { deployment: { resources: { urn: string; protect?: boolean }[] } };
  return deployment.resources.flatMap(({ urn, protect }) => (protect === true ? [urn] : []));
}

/** Takes the cloud's own protection off the data that were not there before, as an operator does with AWS's commands. */
function unprotectInCloud(lab: Lab, before: ReadonlySet<string>): void {
  const record = JSON.parse(readFileSync(lab.record, "utf8")) as {
    resources: Record<string, { type: string; id: string; properties: Record<string, unknown> }>;
  };
  for (const { type, id, properties } of Object.values(record.resources))
    if (!before.has(`${type} ${id}`) && properties["deletionProtection"] === true) properties["deletionProtection"] = false;
  writeFileSync(lab.record, JSON.stringify(record));
}

/** Asks for other config values on a stack that is up, first in a preview. Both must be refused, all data must still be there, and the stack must come back to what it was. */
async function isRefused(lab: Lab, stack: string, from: string, to: string): Promise<void> {
  await lab.ensureStack(stack);
  succeeded(await lab.capture(up, { stack, config: from }));
  const before = dataIn(lab);
  const guarded = await protectedIn(lab, stack);
  assert.ok(before.size > dataTypes.length, `only ${String(before.size)} data resources`);
  const previewed = await lab.capture(["preview", "--non-interactive"], { stack, config: to });
  assert.notEqual(previewed.status, 0, previewed.stdout);
  assert.match(`${previewed.stdout}${previewed.stderr}`, /protected/);
  const refused = await lab.capture(up, { stack, config: to });
  assert.notEqual(refused.status, 0, refused.stdout);
  assert.deepEqual(missing(before, dataIn(lab)), []);
  // What the refused update had made, and protected, an operator lets go.
  for (const urn of (await protectedIn(lab, stack)).filter((one) => !guarded.includes(one)))
    succeeded(await lab.capture(["state", "unprotect", urn, "--yes"], { stack }));
  unprotectInCloud(lab, before);
  succeeded(await lab.capture(up, { stack, config: from }));
  assert.deepEqual(missing(before, dataIn(lab)), []);
  succeeded(await lab.capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config: from }));
}

describe("what would take a stack's data away is refused by the engine", function () {
  this.timeout(300_000);
  const stack = "level1";

  for (const [what, from, to] of [["an RDS instance to Aurora, with managed level 1 to 2", managedOverrides, { ...managedOverrides, level: 2 }]] as const) {
    describe(what, () => {
      const lab = useLab();

      it("is refused, in a preview and without one, nothing that holds data is deleted, and the stack comes back to what it was", async () => {
        await isRefused(lab(), stack, stackText(from), stackText(to));
      });
    });
  }
});

describe("the step from level 1 to 2 by config alone", function () {
  this.timeout(180_000);
  const lab = useLab();
  const stack = "level1";

  it("adds application hosts, replaces and deletes nothing, and then is done", async () => {
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack, config: stackText() }));
    const config = stackText(level2Overrides);
    const plan = (await lab().json(["preview", "--json", "--non-interactive"], { stack, config })) as { steps: Step[] };
    const other = plan.steps
      .filter(({ op }) => !["same", "create", "update"].includes(op))
      .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join("::")}`);
    assert.deepEqual(other, []);
    const changed = plan.steps.filter(({ op }) => op !== "same" && op !== "create");
    // The provider's own tags say the level.
    const touched = changed
      .filter(({ newState, diffReasons }) => dataTypes.includes(newState?.type ?? "") && diffReasons?.some((reason) => !reason.startsWith("tags")) !== false)
      .map(({ urn, diffReasons }) => `${urn}: ${(diffReasons ?? ["unknown"]).join(", ")}`);
    assert.deepEqual(touched, []);
    const made = plan.steps.filter(({ op, newState }) => op === "create" && newState?.type === "aws:ec2/instance:Instance");
    const before = new Set(goodBlueprint().hosts.map(({ name }) => name));
    const after = goodBlueprint(level2Overrides).hosts.map(({ name }) => name);
    assert.equal(made.length, after.filter((name) => !before.has(name)).length);
    succeeded(await lab().capture(up, { stack, config }));
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
  });
});
