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
  const unitOf = (name: string): Record<string, string[]> => {
    const file = files.find((one) => one.path === `/etc/systemd/system/${name}`);
    assert.ok(file, `there is no ${name}`);
    return directives(file.content);
  };

  it("start a timer for each that is asked, and have its service beside it", () => {
    assert.deepEqual(units, ["bundler-health-one.timer", "bundler-health-two.timer"]);
    assert.deepEqual(files.map((file) => file.path.split("/").pop()).sort(), [
      "bundler-health-one.service",
      "bundler-health-one.timer",
      "bundler-health-two.service",
      "bundler-health-two.timer",
    ]);
  });

  it("ask each at its address, and check a certificate where there is one", () => {
    assert.deepEqual(unitOf("bundler-health-one.service")["Service.ExecStart"], [`/usr/bin/python3 ${path} one.service http://127.0.0.1:1/health`]);
    assert.deepEqual(unitOf("bundler-health-two.service")["Service.ExecStart"], [`/usr/bin/python3 ${path} two.service https://10.0.0.1:2/liveness /ca.pem`]);
  });

  it("do nothing, and do not fail, before their program is there", () => {
    for (const name of ["one", "two"]) assert.deepEqual(unitOf(`bundler-health-${name}.service`)["Unit.ConditionPathExists"], [path]);
  });

  it("ask again some seconds after the last answer, for ever", () => {
    const timer = unitOf("bundler-health-one.timer");
    assert.match(timer["Timer.OnUnitInactiveSec"]?.[0] ?? "", /^\d+s$/);
    assert.ok(timer["Timer.OnActiveSec"] !== undefined);
    assert.deepEqual(timer["Install.WantedBy"], ["timers.target"]);
  });
});
