import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exportsSchema } from "../../exports/contract";
import { repository } from "../../lab/setup/paths";
import { goodBlueprint, level2Overrides } from "../fixtures/good";
import { stackText, succeeded, useLab } from "./harness";

const up = ["up", "--yes", "--skip-preview", "--suppress-outputs", "--non-interactive"];

/** Types that hold what cannot be made again. */
const dataTypes = [
  "aws:ebs/volume:Volume",
  "aws:s3/bucket:Bucket",
  "aws:kms/key:Key",
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "random:index/randomPassword:RandomPassword",
  "tls:index/privateKey:PrivateKey",
];

interface Step {
  op: string;
  urn: string;
  newState?: { type: string };
  /** Properties that change. */
  diffReasons?: string[];
}

describe("level 2 on the real engine", function () {
  this.timeout(180_000);
  const lab = useLab();

  it("is created whole from its own stack file, with exports that keep the contract, and unchanged when asked again", async () => {
    const stack = "level2";
    const config = readFileSync(join(repository, "Pulumi.level2.yaml"), "utf8");
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack, config }));
    const exported = exportsSchema.parse(await lab().json(["stack", "output", "--json"], { stack }));
    assert.equal(exported.hosts.filter(({ role }) => role === "api").length, 6);
    assert.equal(exported.hosts.filter(({ role }) => role === "worker").length, 3);
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
  });
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
