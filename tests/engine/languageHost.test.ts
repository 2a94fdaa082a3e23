import assert from "node:assert/strict";
import { lastUpdate } from "../../lab/engine/history";
import { makeProgram, succeeded, useLab } from "./harness";

describe("the engine starts a TypeScript program", function () {
  this.timeout(120_000);
  const lab = useLab();

  it("runs it without a type check, gives it its config, and keeps a secret out of state", async () => {
    const source = `
      import * as pulumi from "@pulumi/pulumi";
      import * as random from "@pulumi/random";
      const given: number = new pulumi.Config().require("word") as unknown as number;
      export const word = given;
      export const password = new random.RandomPassword("p", { length: 24, special: false }).result;
      export const wronglyTyped: number = "text";
    `;
    const directory = await makeProgram(lab(), "plain", source, { word: "sesame" });
    const options = { stack: "dev", directory };
    succeeded(await lab().capture(["up", "--yes", "--skip-preview"], options));
    const outputs = (await lab().json(["stack", "output", "--json", "--show-secrets"], options)) as Record<string, string>;
    assert.equal(outputs["word"], "sesame");
    assert.match(outputs["password"] ?? "", /^[A-Za-z0-9]{24}$/);
    const exported = succeeded(await lab().capture(["stack", "export"], options));
    assert.ok(!exported.stdout.includes(outputs["password"] ?? ""));
  });

  it("finds nothing to do the second time", async () => {
    const directory = await makeProgram(lab(), "twice", 'import * as random from "@pulumi/random";\nnew random.RandomPassword("p", { length: 20 });\n');
    const options = { stack: "dev", directory };
    succeeded(await lab().capture(["up", "--yes", "--skip-preview"], options));
    assert.match(succeeded(await lab().capture(["preview", "--expect-no-changes"], options)).stdout, /2 unchanged/);
    succeeded(await lab().capture(["destroy", "--yes", "--skip-preview"], options));
  });

  it("shows what a program throws, and creates nothing", async () => {
    const directory = await makeProgram(lab(), "throws", 'import * as pulumi from "@pulumi/pulumi";\nthrow new pulumi.RunError("zones: given 2, needed 3");\n');
    const run = await lab().capture(["up", "--yes", "--skip-preview"], { stack: "dev", directory });
    assert.notEqual(run.status, 0);
    assert.match(run.stdout + run.stderr, /zones: given 2, needed 3/);
    assert.ok(!/\bat .*index\.ts/.test(run.stdout + run.stderr), "a RunError has no stack trace");
  });

  it("says so when a program ends itself", async () => {
    const directory = await makeProgram(lab(), "exits", "process.exit(7);\n");
    const run = await lab().capture(["preview"], { stack: "dev", directory });
    assert.notEqual(run.status, 0);
    assert.match(run.stdout + run.stderr, /exited with code 7|exit code: 7/);
  });

  it("tells the engine of the program's packages", async () => {
    const directory = await makeProgram(lab(), "asked", "export {};\n");
    const about = succeeded(await lab().capture(["about"], { stack: "dev", directory })).stdout;
    assert.match(about, /@pulumi\/random\s+\d/);
    assert.match(about, /resource\s+random\s+\d/);
  });

  it("knows what the last update did", async () => {
    await lab().ensureStack("dev");
    assert.deepEqual(await lastUpdate(lab(), "dev"), {});
  });
});
