import assert from "node:assert/strict";
import { healthPlan } from "../../../hosts/health/units";
import { directives } from "../plans";

const path = "/somewhere/bundler_health.py";

describe("hosts/health units", () => {
  const { files, units } = healthPlan(
    [
      { name: "one", url: "http://127.0.0.1:1/health" },
      { name: "two", url: "https://10.0.0.1:2/liveness", authority: "/ca.pem" },
    ],
    path,
  );
  const contentOf = (name: string): string => {
    const file = files.find((one) => one.path === name);
    assert.ok(file, `there is no ${name}`);
    return file.content;
  };
  const service = directives(contentOf("/etc/systemd/system/bundler-health.service"));

  it("start one program that asks each at its address, and checks a certificate where there is one", () => {
    assert.deepEqual(units, ["bundler-health.service"]);
    const [command = ""] = service["Service.ExecStart"] ?? [];
    assert.equal(command, `/usr/bin/python3 -B ${path} /etc/bundler/health.json`);
    assert.deepEqual((JSON.parse(contentOf("/etc/bundler/health.json")) as { watched: unknown }).watched, [
      { unit: "one.service", url: "http://127.0.0.1:1/health", authority: null },
      { unit: "two.service", url: "https://10.0.0.1:2/liveness", authority: "/ca.pem" },
    ]);
  });

  it("come back for ever, also before their program is there", () => {
    assert.deepEqual(service["Service.Restart"], ["always"]);
    assert.deepEqual(service["Unit.StartLimitIntervalSec"], ["0"]);
    assert.match(service["Unit.After"]?.[0] ?? "", /bundler-artifacts\.service/);
  });
});
