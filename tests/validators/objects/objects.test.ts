import assert from "node:assert/strict";
import { databasePlan } from "../../../hosts/database/plan";
import { objectsPlan } from "../../../hosts/objects/plan";
import { redisPlan } from "../../../hosts/redis/plan";
import type { HostPlan } from "../../../hosts/types";
import { goodBlueprint, minioOverrides, ownRegions } from "../../fixtures/good";
import { hostNamed } from "../../hosts/plans";
import { runInRoot } from "../debian";
import { stubsOfTheBase } from "../relocate";

describe("units and programs of the data hosts in Debian 13", () => {
  const blueprint = goodBlueprint(minioOverrides);
  const { primary: paired } = ownRegions(minioOverrides);
  const plans: Record<string, HostPlan> = {
    "db-1": databasePlan(blueprint, hostNamed(blueprint, "db-1")),
    "redis-1": redisPlan(blueprint, hostNamed(blueprint, "redis-1")),
    "minio-1": objectsPlan(blueprint, hostNamed(blueprint, "minio-1")),
    "minio-1 of two regions": objectsPlan(paired, hostNamed(paired, "minio-1")),
  };

  for (const [name, plan] of Object.entries(plans)) {
    it(`systemd finds no fault in the units of ${name}`, async function () {
      this.timeout(60_000);
      const written = plan.files.filter((file) => file.path.startsWith("/etc/systemd/system/") && !file.path.endsWith(".conf"));
      const units = [...new Set([...plan.units, ...written.map((file) => file.path.slice("/etc/systemd/system/".length))])];
      const run = await runInRoot([...stubsOfTheBase(), ...plan.files], ["systemd-analyze", "verify", "--man=no", ...units]);
      const own = run.stderr.split("\n").filter((line: string) => /^\S*(bundler|patroni|etcd|redis|minio)\S*(:|\.(service|timer))/.test(line));
      assert.equal(run.status, 0, run.stderr);
      assert.deepEqual(own, []);
    });

    it(`Debian's Python compiles the programs of ${name}`, async function () {
      this.timeout(60_000);
      const programs = plan.files.filter((file) => file.path.endsWith(".py"));
      assert.ok(programs.length > 0);
      const run = await runInRoot(programs, ["python3", "-W", "error", "-m", "py_compile", ...programs.map((file) => file.path)]);
      assert.equal(run.status, 0, run.stderr);
    });
  }
});
