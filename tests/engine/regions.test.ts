import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exportsSchema } from "../../exports/contract";
import { withValues } from "../../lab/engine/stackFile";
import { repository } from "../../lab/setup/paths";
import { succeeded, up, useLab } from "./harness";

const level3 = readFileSync(join(repository, "Pulumi.level3.yaml"), "utf8");

/** Types that hold what cannot be made again. */
const dataTypes = [
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
  this.timeout(300_000);
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

describe("the step from level 2 to 3 by config alone", function () {
  this.timeout(300_000);
  const lab = useLab();
  const stack = "step23";

  it("adds a region: it replaces and deletes nothing, and changes no data but for tags, replicas and Redis's second replica", async () => {
    const config = withValues(level3, { domain: "step.example.com" });
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack, config: withValues(config, { level: 2 }) }));
    const plan = (await lab().json(["preview", "--json", "--non-interactive"], { stack, config })) as { steps: (Step & { diffReasons?: string[] })[] };
    const other = plan.steps
      .filter(({ op }) => !["same", "create", "update"].includes(op))
      .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join("::")}`);
    assert.deepEqual(other, []);
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
