import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const root = join(__dirname, "..");
const directory = join(root, ".github/workflows");

const step = z.union([z.looseObject({ uses: z.string().regex(/^[\w-]+\/[\w-]+@v\d+$/) }), z.looseObject({ run: z.string() })]);
const workflow = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.int().max(90),
      strategy: z.looseObject({ matrix: z.looseObject({ include: z.array(z.object({ stack: z.string(), hosting: z.string() })).optional() }) }).optional(),
      steps: z.array(step),
    }),
  ),
});

describe("workflows", () => {
  const files = readdirSync(directory);
  const targets = new Set([...readFileSync(join(root, "Makefile"), "utf8").matchAll(/^([\w-]+):/gm)].map(([, target]) => target));

  for (const file of files)
    it(`${file}: every command of it is there, within a time limit, with no more permissions than it says`, () => {
      const { jobs } = workflow.parse(parse(readFileSync(join(directory, file), "utf8")));
      const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((one) => (typeof one["run"] === "string" ? [one["run"]] : [])));
      assert.ok(commands.length > 0);
      for (const command of commands) {
        const [, target] = /^make ([\w-]+)/.exec(command) ?? [];
        if (target !== undefined) assert.ok(targets.has(target), command);
        for (const [, path = ""] of command.replaceAll("${{ matrix.stack }}", "level3").matchAll(/--policy-pack(?:-config)? (\S+)/g))
          assert.ok(existsSync(join(root, path)), `${command}: ${path}`);
      }
    });

  it("judge every level and hosting that there is", () => {
    const { jobs } = workflow.parse(parse(readFileSync(join(directory, "gate.yml"), "utf8")));
    const judged = Object.values(jobs).flatMap(({ strategy }) => strategy?.matrix.include ?? []);
    const stacks = readdirSync(root).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    for (const stack of stacks) {
      assert.ok(
        judged.some((one) => one.stack === stack && one.hosting === "managed"),
        stack,
      );
      assert.ok(existsSync(join(root, `policies/levels/${stack}.json`)), stack);
    }
  });
});
