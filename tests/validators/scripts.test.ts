import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInRoot, type RootFile } from "../../lab/debian/root";
import { repository } from "../../lab/setup/paths";

describe("this repository's own scripts", function () {
  this.timeout(60_000);

  it("are accepted by shellcheck", async () => {
    const scripts = ["lab/run", "lab/pulumi", "lab/host", "lab/status", "hosts/base/packages.sh", "lab/debian/build.sh", "lab/debian/enter.sh", ".ci/run"];
    const files = scripts.map((path): RootFile => ({ path: `/check/${path}`, content: readFileSync(join(repository, path), "utf8") }));
    const checked = await runInRoot(files, ["shellcheck", ...files.map((file) => file.path)]);
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  });

  it("are refused by it when they are wrong, so the check can fail", async () => {
    const checked = await runInRoot([{ path: "/check/bad.sh", content: "#!/bin/sh\nrm $1\n" }], ["shellcheck", "/check/bad.sh"]);
    assert.notEqual(checked.status, 0);
    assert.match(checked.stdout, /SC2086/);
  });
});
