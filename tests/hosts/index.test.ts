import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { planHost, renderHosts, userData, userDataLimitBytes } from "../../hosts";
import type { Blueprint } from "../../blueprint/types";
import { badConfigs } from "../fixtures/badConfigs";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { makeBlueprint } from "../../blueprint";
import { parseSettings } from "../../config/settings";
import { assertPlanIsWhole, hostNamed } from "./plans";

const variants: Record<string, Blueprint> = {
  "level 1": goodBlueprint(),
  "with MinIO": goodBlueprint(minioOverrides),
  "with a load balancer": goodBlueprint(nlbOverrides),
};

/** Files of all hosts: `host path` → content. */
function allFiles(blueprint: Blueprint): Map<string, string> {
  return new Map(blueprint.hosts.flatMap((host) => planHost(blueprint, host).files.map((file) => [`${host.name} ${file.path}`, file.content] as const)));
}

function differing(one: Blueprint, other: Blueprint): string[] {
  const before = allFiles(one);
  const after = allFiles(other);
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();
}

describe("what is on every host", () => {
  for (const [name, blueprint] of Object.entries(variants)) {
    for (const host of blueprint.hosts) {
      it(`${host.name}, ${name}: user data fits EC2's limit and holds the whole plan`, () => {
        const bytes = Buffer.from(userData(blueprint, host), "base64");
        assert.ok(bytes.length <= userDataLimitBytes, `${String(bytes.length)} bytes`);
        const text = gunzipSync(bytes).toString("utf8");
        assert.ok(text.startsWith("#cloud-config\n"));
        const config = parse(text) as { write_files: { path: string; content: string }[] };
        const plan = planHost(blueprint, host);
        assert.deepEqual(
          config.write_files.map(({ path, content }) => [path, content]),
          plan.files.map(({ path, content }) => [path, content]),
        );
      });

      it(`${host.name}, ${name}: every path once, every own unit there, no secret`, () => {
        const plan = planHost(blueprint, host);
        assertPlanIsWhole(plan);
        const own = new Set(plan.files.map((file) => file.path));
        for (const unit of plan.units.filter((one) => one.startsWith("bundler-"))) assert.ok(own.has(`/etc/systemd/system/${unit}`), unit);
        for (const { path, content } of plan.files) {
          assert.doesNotMatch(content, /BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|sk_live_/, path);
          assert.doesNotMatch(content, /(PASSWORD|SECRET_KEY|_TOKEN)="[^"]/, path);
        }
      });
    }
  }

  it("is the same bytes each time", () => {
    const host = hostNamed(goodBlueprint(), "worker-1");
    assert.equal(userData(goodBlueprint(), host), userData(goodBlueprint(), host));
  });

  it("refuses user data over the limit, naming every host, what was given and what is needed", () => {
    const bad = badConfigs().find((one) => one.stage === "render");
    assert.ok(bad);
    const blueprint = makeBlueprint(parseSettings(bad.config, "level1"));
    assert.throws(
      () => renderHosts(blueprint),
      (fault: Error) => {
        assert.match(fault.message, /user data of api-1: given [\d,]+ bytes compressed, needed at most 16,384/);
        assert.match(fault.message, /user data of worker-2/);
        return true;
      },
    );
  });

  it("one changed number of Patroni's changes the database hosts' file that holds it, and no other", () => {
    const changed = differing(goodBlueprint(), goodBlueprint({ patroniTtlSeconds: 30 }));
    assert.deepEqual(
      changed,
      ["db-1", "db-2", "db-3"].map((host) => `${host} /etc/patroni/config.yml`),
    );
  });

  it("one changed number of the edge's changes keepalived's file only", () => {
    const changed = differing(goodBlueprint(), goodBlueprint({ vrrpAdvertSeconds: 0.5 }));
    assert.deepEqual(changed, ["edge-1 /etc/keepalived/keepalived.conf", "edge-2 /etc/keepalived/keepalived.conf"]);
  });
});
