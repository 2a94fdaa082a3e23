import assert from "node:assert/strict";
import { keys, requiredKeys } from "../../config/keys";
import { ownConfig, parseSettings } from "../../config/settings";
import { goodConfig, goodSettings, minioOverrides } from "../fixtures/good";
import { faultsOf } from "./faults";

describe("settings", () => {
  it("are the stack file's values over the level's defaults", () => {
    const settings = goodSettings({ patroniTtlSeconds: 30 });
    assert.equal(settings.domain, "bundler.example.com");
    assert.equal(settings.patroniTtlSeconds, 30);
    assert.equal(settings.patroniLoopWaitSeconds, 3);
    assert.equal(settings.databaseHosts, 3);
    assert.equal(settings.acmeEmail, null);
  });

  it("are the same whether values come as text, as Pulumi hands them over, or as themselves", () => {
    const given = goodConfig({
      ...minioOverrides,
      patroniTtlSeconds: 30,
      vrrpAdvertSeconds: 0.5,
      deletionProtection: false,
      zones: ["us-east-1a", "us-east-1b", "us-east-1d"],
      appEnvironment: { LOG_LEVEL: "info", PREPARE_WORKER_CONCURRENCY: 4, ENABLE_DATA_CACHE: true },
    });
    const text = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
    const settings = parseSettings(text, "level1");
    assert.deepEqual(settings, parseSettings(given, "level1"));
    assert.deepEqual(settings.appEnvironment, { LOG_LEVEL: "info", PREPARE_WORKER_CONCURRENCY: "4", ENABLE_DATA_CACHE: "true" });
  });

  it("say every required key when nothing is given", () => {
    const { lines } = faultsOf({});
    assert.deepEqual(
      lines.map((line) => line.split(":")[0]),
      [...requiredKeys],
    );
    assert.ok(lines.every((line) => line.includes("given nothing")));
  });

  it("are complete: a value for every key, and no other", () => {
    assert.deepEqual(Object.keys(goodSettings()).sort(), [...Object.keys(keys), "stack", "site"].sort());
  });

  it("derive zones from the region and subnets from the VPC", () => {
    const settings = goodSettings({ region: "eu-west-1", vpcCidr: "10.99.0.0/20" });
    assert.deepEqual(settings.zones, ["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    assert.deepEqual(settings.publicCidrs, ["10.99.0.0/24", "10.99.1.0/24", "10.99.2.0/24"]);
    assert.deepEqual(settings.dataCidrs, ["10.99.8.0/24", "10.99.9.0/24", "10.99.10.0/24"]);
  });

  it("refuse a VPC whose derived subnets have no room for the hosts", () => {
    const { lines } = faultsOf(goodConfig({ vpcCidr: "10.99.0.0/24" }));
    assert.deepEqual(
      lines.map((line) => line.split(":")[0]),
      ["privateCidrs", "dataCidrs"],
    );
  });

  it("take a fourth zone without moving the others' subnets", () => {
    const three = goodSettings();
    const four = goodSettings({ zones: [...three.zones, "us-east-1d"] });
    assert.deepEqual(four.dataCidrs.slice(0, 3), three.dataCidrs);
  });

  it("refuse a stack name that AWS names have no room for", () => {
    assert.match(faultsOf(goodConfig(), "Level_1").message, /\(stack name\): given "Level_1"/);
    assert.match(faultsOf(goodConfig(), "a-rather-long-name").message, /\(stack name\)/);
  });

  it("leave other programs' config alone", () => {
    assert.deepEqual(ownConfig({ "aws:region": "us-east-1", "ar-io-bundler-ha:level": "1" }), { level: "1" });
  });

  it("do not suggest a name for a key like none", () => {
    assert.match(faultsOf(goodConfig({ favouriteColour: "green" })).message, /favouriteColour: given an unknown key, needed a key of docs/);
  });
});
