import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ESLint } from "eslint";
import { repository } from "../../lab/setup/paths";

const folders = ["config", "blueprint", "hosts", "sla", "components", "exports", "policies"];
const everywhere = [...folders, "lab", "tests"];

/** Whether a folder may import another: only what stands before it; lab and tests may import all. */
function allowed(from: string, to: string): boolean {
  if (from === to || from === "lab" || from === "tests") return true;
  const [a, b] = [folders.indexOf(from), folders.indexOf(to)];
  const siblings = [from, to].every((folder) => folder === "hosts" || folder === "sla");
  return b !== -1 && b < a && !siblings;
}

/** Rules broken by each file of a small tree, under the repository's own ESLint configuration. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<Map<string, string[]>> {
  const directory = mkdtempSync(join(tmpdir(), "bundler-lint-"));
  try {
    for (const name of ["eslint.config.mjs", "tsconfig.json"]) copyFileSync(join(repository, name), join(directory, name));
    symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(directory, dirname(name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    const results = await new ESLint({ cwd: directory }).lintFiles(["."]);
    return new Map(results.map((result) => [result.filePath.slice(directory.length + 1), result.messages.map((message) => message.ruleId ?? message.message)]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe("lint", function () {
  this.timeout(120_000);

  it("fails on every arrow against config → blueprint → hosts, sla → components → exports → policies, and on no other", async () => {
    const pairs = everywhere.flatMap((from) => everywhere.filter((to) => to !== from).map((to) => ({ from, to, file: `${from}/imports-${to}.ts` })));
    const files = {
      ...Object.fromEntries(everywhere.map((folder) => [`${folder}/target.ts`, "export const value = 1;\n"])),
      ...Object.fromEntries(pairs.map(({ file, to }) => [file, `import { value } from "../${to}/target";\nexport const other = value;\n`])),
    };
    const broken = await brokenRules(files);
    for (const { from, to, file } of pairs) {
      assert.deepEqual(broken.get(file), allowed(from, to) ? [] : ["import-x/no-restricted-paths"], file);
    }
  });

  it("fails when the program imports its lab, its tests or its own index", async () => {
    const broken = await brokenRules({
      "lab/a.ts": "export const value = 1;\n",
      "tests/a.ts": "export const value = 1;\n",
      "index.ts": 'import { value } from "./lab/a";\nimport { value as other } from "./tests/a";\nexport const both = value + other;\n',
      "blueprint/a.ts": 'import { both } from "../index";\nexport const value = both;\n',
    });
    assert.deepEqual(broken.get("index.ts"), ["import-x/no-restricted-paths", "import-x/no-restricted-paths"]);
    assert.ok(broken.get("blueprint/a.ts")?.includes("import-x/no-restricted-paths"));
  });

  it("fails on a circle, also a long one", async () => {
    const broken = await brokenRules({
      "blueprint/one.ts": 'import { two } from "./two";\nexport const one = (): number => two();\n',
      "blueprint/two.ts": 'import { three } from "./three";\nexport const two = (): number => three();\n',
      "blueprint/three.ts": 'import { one } from "./one";\nexport const three = (): number => one();\n',
      "hosts/a.ts": "export const value = 1;\n",
      "hosts/b.ts": 'import { value } from "./a";\nexport const other = value;\n',
    });
    for (const name of ["one", "two", "three"]) assert.deepEqual(broken.get(`blueprint/${name}.ts`), ["import-x/no-cycle"]);
    assert.deepEqual(broken.get("hosts/b.ts"), []);
  });

  it("fails when a pure folder imports Pulumi or does I/O", async () => {
    const pure = ["config", "blueprint", "hosts", "sla"];
    const broken = await brokenRules({
      ...Object.fromEntries(
        pure.map((folder) => [`${folder}/pulumi.ts`, 'import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n']),
      ),
      ...Object.fromEntries(
        pure.map((folder) => [`${folder}/shell.ts`, 'import { execSync } from "node:child_process";\nexport const date = execSync("date").length;\n']),
      ),
      "components/pulumi.ts": 'import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n',
    });
    for (const folder of pure) {
      assert.deepEqual(broken.get(`${folder}/pulumi.ts`), ["no-restricted-imports"], folder);
      assert.deepEqual(broken.get(`${folder}/shell.ts`), ["no-restricted-imports"], folder);
    }
    assert.deepEqual(broken.get("components/pulumi.ts"), []);
  });

  it("fails on any, on a forgotten promise, and on || for a default", async () => {
    const broken = await brokenRules({
      "blueprint/any.ts": "export const value: any = 1;\n",
      "blueprint/promise.ts": "const later = async (): Promise<void> => Promise.resolve();\nlater();\n",
      "blueprint/default.ts": 'export const name = (given: string | undefined): string => given || "default";\n',
    });
    assert.deepEqual(broken.get("blueprint/any.ts"), ["@typescript-eslint/no-explicit-any"]);
    assert.deepEqual(broken.get("blueprint/promise.ts"), ["@typescript-eslint/no-floating-promises"]);
    assert.deepEqual(broken.get("blueprint/default.ts"), ["@typescript-eslint/prefer-nullish-coalescing"]);
  });
});
