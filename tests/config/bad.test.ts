import assert from "node:assert/strict";
import { strToU8, gzipSync } from "fflate";
import { parseSettings, SettingsFault } from "../../config/settings";
import { badConfigs } from "../fixtures/badConfigs";
import { goodConfig } from "../fixtures/good";
import { faultsOf } from "./faults";

describe("a stack file with one fault", () => {
  const bad = badConfigs();

  it("has a fixture for at least 36 faults", () => {
    assert.ok(bad.length >= 36, `${bad.length} fixtures`);
  });

  for (const { name, config, error } of bad.filter(({ stage }) => stage === "settings")) {
    it(`${name}: one error that says so`, () => {
      const faults = faultsOf(config);
      assert.equal(faults.lines.length, 1, faults.message);
      assert.ok(faults.message.includes(error), `needed ${error}, was told ${faults.message}`);
    });
  }

  for (const { name, config } of bad.filter(({ stage }) => stage === "render")) {
    it(`${name}: is well-formed, and cannot be compressed into user data`, () => {
      const { appEnvironment } = parseSettings(config, "level1");
      assert.ok(gzipSync(strToU8(Object.values(appEnvironment).join("\n"))).length > 16_384);
    });
  }
});

describe("a stack file with several faults", () => {
  it("shows all of them at once, of form and of meaning", () => {
    const all = badConfigs()
      .filter(({ name }) => ["unknown-key", "domain-with-port", "even-quorum", "ttl-under-its-floor", "instance-type-arm"].includes(name))
      .reduce((merged, { config }) => ({ ...merged, ...differing(config) }), goodConfig());
    assert.throws(
      () => parseSettings(all, "level1"),
      (error: unknown) => {
        assert.ok(error instanceof SettingsFault);
        const keys = error.faults.map((fault) => fault.key).sort();
        assert.deepEqual(keys, ["domain", "patroniTtl", "patroniTtlSeconds", "redisHosts", "workerInstanceType"]);
        return true;
      },
    );
  });

  it("does not repeat a secret", () => {
    const faults = faultsOf({ ...goodConfig(), ami: "AKIAIOSFODNN7EXAMPLE", appEnvironment: { SMTP_PASSWORD: "hunter22" } });
    assert.equal(faults.lines.length, 2);
    assert.doesNotMatch(faults.message, /AKIA|hunter22/);
    assert.doesNotMatch(faultsOf({ ...goodConfig(), appEnvironment: { smtp_password: "hunter22" } }).message, /hunter22/);
  });
});

function differing(config: Record<string, unknown>): Record<string, unknown> {
  const good = goodConfig();
  return Object.fromEntries(Object.entries(config).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(good[key])));
}
