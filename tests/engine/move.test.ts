import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withValues } from "../../lab/engine/stackFile";
import { repository } from "../../lab/setup/paths";
import { succeeded, up, useLab } from "./harness";

interface Exported {
  deployment: { resources: { type: string; outputs?: Record<string, unknown> }[] };
}

describe("the step from managed level 1 to 2: an RDS instance to Aurora", function () {
  this.timeout(300_000);
  const lab = useLab();
  const stack = "move";
  const level1 = withValues(readFileSync(join(repository, "Pulumi.level1.yaml"), "utf8"), { hosting: "managed", domain: "move.example.com" });
  const level2 = withValues(level1, { level: 2 });

  async function resources(type: string): Promise<Record<string, unknown>[]> {
    const { deployment } = (await lab().json(["stack", "export"], { stack })) as Exported;
    return deployment.resources.filter((resource) => resource.type === type).map(({ outputs }) => outputs ?? {});
  }

  /** What hosts find behind the database's private name. */
  async function used(): Promise<string> {
    const records = await resources("aws:route53/record:Record");
    const record = records.find(({ name }) => String(name).startsWith("postgres."));
    return String((record?.["records"] as string[] | undefined)?.[0]);
  }

  it("is refused without its step, and then goes through each without losing the old one or replacing the new one", async () => {
    await lab().ensureStack(stack);
    succeeded(await lab().capture(up, { stack, config: level1 }));
    const [instance] = await resources("aws:rds/instance:Instance");
    const refused = await lab().capture(["preview", "--non-interactive"], { stack, config: level2 });
    assert.notEqual(refused.status, 0);
    assert.match(`${refused.stdout}${refused.stderr}`, /protect/);

    succeeded(await lab().capture(up, { stack, config: withValues(level2, { databaseMove: "copy" }) }));
    assert.equal(await used(), instance?.["address"]);
    const [copy] = await resources("aws:rds/cluster:Cluster");
    assert.ok(copy);
    assert.equal(copy["replicationSourceIdentifier"], instance?.["arn"]);

    succeeded(await lab().capture(up, { stack, config: withValues(level2, { databaseMove: "cutOver" }) }));
    const [cluster] = await resources("aws:rds/cluster:Cluster");
    assert.equal(cluster?.["clusterResourceId"], copy["clusterResourceId"]);
    assert.equal(await used(), cluster?.["endpoint"]);
    assert.equal((await resources("aws:rds/instance:Instance")).length, 1);
    assert.notEqual((await lab().capture(["preview", "--non-interactive"], { stack, config: level2 })).status, 0);

    succeeded(await lab().capture(up, { stack, config: withValues(level2, { databaseMove: "letGo" }) }));
    assert.equal((await resources("aws:rds/instance:Instance")).length, 1);
    succeeded(await lab().capture(up, { stack, config: level2 }));
    assert.equal((await resources("aws:rds/instance:Instance")).length, 0);
    const [last] = await resources("aws:rds/cluster:Cluster");
    assert.equal(last?.["clusterResourceId"], copy["clusterResourceId"]);
    succeeded(await lab().capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config: level2 }));
  });
});
