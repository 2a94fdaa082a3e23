import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { planHost } from "../../../hosts";
import { repository } from "../../../lab/setup/paths";
import { goodBlueprint } from "../../fixtures/good";

describe("the Debian root", () => {
  it("has every package that a host installs", () => {
    const listed = new Set(readFileSync(join(repository, "lab/debian/baked.txt"), "utf8").split("\n"));
    const blueprint = goodBlueprint();
    const missing = blueprint.hosts.flatMap((host) => planHost(blueprint, host).packages.filter((name) => !listed.has(name)));
    assert.deepEqual([...new Set(missing)], []);
  });
});
