import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { exportsSchema } from "../../exports/contract";
import { clearTexts, secretMark, startMocks, valueOf, type When } from "../components/monitor";
import { badConfigs } from "../fixtures/badConfigs";
import { goodConfig } from "../fixtures/good";

const load = createRequire(__filename);
const names = ["contractVersion", "endpoint", "hosts", "groups", "processes", "services", "secrets", "facts", "promise", "standby"] as const;
type Program = Record<(typeof names)[number], pulumi.Output<unknown>>;

/** Runs the program itself, its config given as the engine gives it: every value a text. Throws what the program throws. */
function program(config: Record<string, unknown>): Program {
  const entries = Object.entries(config).map(([key, value]) => [`ar-io-bundler-ha:${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries) as Record<string, string>);
  const file = load.resolve("../../index");
  Reflect.deleteProperty(load.cache, file);
  return load(file) as Program;
}

async function resourcesOf(config: Record<string, unknown>, when: When): Promise<number> {
  const finished = startMocks(when);
  program(config);
  return (await finished()).length;
}

describe("the program", () => {
  it("exports the contract, with no secret in it", async () => {
    const finished = startMocks();
    const result = program(goodConfig());
    await finished();
    assert.deepEqual(Object.keys(result).sort(), [...names].sort());
    const exported = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await valueOf(result[name])] as const)));
    exportsSchema.parse(exported);
    const exposed = clearTexts(exported).filter((text) => text.includes(secretMark));
    assert.deepEqual(exposed, []);
    for (const name of names) {
      const secret = await pulumi.isSecret(result[name]);
      assert.equal(secret, false, name);
    }
  });

  it("previews without one data source or credential, and asks for what it then makes", async () => {
    const previewed = await resourcesOf(goodConfig(), "preview");
    assert.ok(previewed > 200);
    assert.equal(previewed, await resourcesOf(goodConfig(), "deployed"));
  });

  for (const { name, config, error } of badConfigs()) {
    it(`${name}: one error in plain words, and nothing is registered`, async () => {
      const finished = startMocks();
      assert.throws(
        () => program(config),
        (fault: unknown) => {
          assert.ok(pulumi.RunError.isInstance(fault), String(fault));
          assert.ok(fault.message.includes(error), `needed ${error}, was told ${fault.message}`);
          assert.doesNotMatch(fault.message, /^\s+at /m);
          return true;
        },
      );
      assert.deepEqual(await finished(), []);
    });
  }
});
