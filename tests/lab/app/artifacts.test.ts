import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lintRelease } from "../../../lab/app/lint";
import { nodeArtifact } from "../../../lab/app/node";
import { editionFile, isReleased, releaseArtifact } from "../../../lab/app/release";
import { repository } from "../../../lab/setup/paths";
import { capture } from "../../../lab/setup/process";
import { processes } from "./processes";
import { unpack } from "./unpack";

describe("the workload's artifacts", function () {
  // The first time on a machine fetches, compiles and lints; after that they come from the cache.
  this.timeout(900_000);
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "bundler-artifacts-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("are made of sources without a fault of type or style", async () => {
    await lintRelease();
  });

  it("have a release with every entry point that hosts start, and what migrations run with", async () => {
    const { file, sha256 } = await releaseArtifact("first");
    assert.equal(createHash("sha256").update(readFileSync(file)).digest("hex"), sha256);
    const release = join(directory, "release");
    await unpack(file, release);
    const needed = [
      ...processes.map(({ directory: folder, entry }) => `${folder}/${entry}`),
      "packages/upload-service/lib/arch/queues.js",
      "packages/upload-service/lib/constants.js",
      "packages/payment-service/src/database/knexfile.ts",
      "packages/upload-service/src/arch/db/knexfile.ts",
      "node_modules/knex/bin/cli.js",
      "node_modules/ts-node/register/index.js",
      "node_modules/typescript/lib/typescript.js",
    ];
    for (const path of needed) assert.ok(statSync(join(release, path)).isFile(), path);
    for (const folder of ["packages/payment-service/src/migrations", "packages/upload-service/src/migrations"]) {
      const names = readdirSync(join(release, folder));
      assert.ok(names.length > 1 && names.every((name) => /^\d{14}_\w+\.ts$/.test(name)), folder);
    }
    assert.deepEqual(await releaseArtifact("first"), { file, sha256 });
    assert.equal(readFileSync(join(release, editionFile), "utf8"), "first\n");
    assert.notEqual((await releaseArtifact("second")).sha256, sha256);
  });

  it("have the application's clients at its lockfile's versions", () => {
    const version = (name: string): unknown =>
      (JSON.parse(readFileSync(join(directory, "release/node_modules", name, "package.json"), "utf8")) as { version: string }).version;
    const names = ["knex", "pg", "pg-connection-string", "ioredis", "bullmq", "@aws-sdk/client-s3"];
    assert.deepEqual(names.map(version), ["2.5.1", "8.16.3", "2.6.1", "5.10.1", "5.79.1", "3.529.1"]);
  });

  it("have a Node that the release takes", async () => {
    const node = join(directory, "node");
    await unpack((await nodeArtifact()).file, node);
    const { stdout } = await capture(join(node, "bin/node"), ["--version"]);
    const [major, minor] = stdout.slice(1).split(".").map(Number);
    assert.ok(major === 22 && minor !== undefined && minor >= 12, stdout);
  });

  it("leave out what does not run", () => {
    const paths = [
      "packages/common/log.ts",
      "packages/common/log.d.ts",
      "node_modules/koa/README.md",
      "node_modules/esm/esm/loader.js",
      "node_modules/koa/LICENSE",
    ];
    assert.deepEqual(paths.filter(isReleased), ["packages/common/log.ts", "node_modules/esm/esm/loader.js", "node_modules/koa/LICENSE"]);
  });

  it("are pinned without a word of where they come from", () => {
    for (const lock of ["lab/app/package-lock.json", "lab/app/runtime/package-lock.json"]) {
      const text = readFileSync(join(repository, lock), "utf8");
      assert.doesNotMatch(text, /"resolved"/);
      assert.match(text, /"integrity"/);
    }
  });
});
