import assert from "node:assert/strict";
import { makeExports } from "../../exports/make";
import { outcome, summary } from "../../lab/summary";
import { goodBlueprint } from "../fixtures/good";

describe("the summary of make up", () => {
  it("says what an update did, to how many resources and in what time", () => {
    assert.equal(
      outcome("level1", { changes: { create: 300 }, seconds: 12.34 }),
      "Stack level1 is up on the embedded cloud: 300 resources (300 created) in 12.3 s.",
    );
    assert.match(outcome("level1", { changes: { same: 290, update: 2, delete: 1 }, seconds: 3 }), /292 resources \(290 unchanged, 2 updated, 1 deleted\)/);
  });

  it("says that nothing changed", () => {
    assert.equal(
      outcome("level1", { changes: { same: 300 }, seconds: 2 }),
      "Stack level1: nothing changed; all 300 resources are as Pulumi.level1.yaml says (2.0 s).",
    );
  });

  it("shows the endpoint, every host with its zone and address, and what the application connects to", () => {
    const blueprint = goodBlueprint();
    const anything = new Proxy({}, { get: (_, key) => `id-of-${String(key)}` });
    const deployed = {
      canonicalName: null,
      nameServers: [],
      endpoints: { redis: {}, database: {} },
      publicAddresses: ["203.0.113.7"],
      instanceIds: anything,
      secretArns: anything,
    };
    const exported = makeExports({ primary: blueprint, standby: null }, { primary: deployed, standby: null }, null);
    const text = summary("level1", exported, { changes: { create: 9 }, seconds: 1 });
    assert.ok(text.includes(`https://${blueprint.domain}`) && text.includes("203.0.113.7"));
    for (const host of blueprint.hosts) assert.match(text, new RegExp(`${host.name} .*${host.role} .*${host.zone} .*${host.address.replaceAll(".", "\\.")} `));
    assert.ok(text.includes(`127.0.0.1:${String(blueprint.proxy.postgresPort)}`));
    assert.ok(text.includes("wallet"), "names what the operator has to fill");
    assert.match(text, /a whole zone .* 26\.6 s/, "says what is promised");
  });
});
