import assert from "node:assert/strict";
import { makeBlueprint } from "../../blueprint";
import { everyFlow, everyHost } from "../../blueprint/beside";
import { secretContents } from "../../blueprint/secrets";
import type { Blueprint } from "../../blueprint/types";
import { renderHosts } from "../../hosts";
import { goodBlueprint, goodSettings, managedOverrides, minioOverrides } from "../fixtures/good";

const steps = ["copy", "cutOver", "letGo"] as const;

function moving(hosting: "selfHosted" | "managed", hostingMove: (typeof steps)[number], more: Record<string, unknown> = {}): Blueprint {
  return makeBlueprint(goodSettings({ ...managedOverrides, ...more, hosting, hostingMove }));
}

describe("both hostings, while data move", () => {
  it("has the former hosting in use until the cut-over, and the other one's stores beside it until they may go", () => {
    const seen = (["managed", "selfHosted"] as const).map((hosting) =>
      steps.map((step) => {
        const { hosting: used, deletionProtection, beside } = moving(hosting, step);
        return [used, deletionProtection, beside?.hosting, beside?.deletionProtection, beside?.beside];
      }),
    );
    assert.deepEqual(seen, [
      [
        ["selfHosted", true, "managed", true, null],
        ["managed", true, "selfHosted", true, null],
        ["managed", true, "selfHosted", false, null],
      ],
      [
        ["managed", true, "selfHosted", true, null],
        ["selfHosted", true, "managed", true, null],
        ["selfHosted", true, "managed", false, null],
      ],
    ]);
  });

  it("protects the edge only when nothing moves", () => {
    for (const hosting of ["managed", "selfHosted"] as const) {
      for (const step of steps) assert.equal(moving(hosting, step).edge.deletionProtection, false);
      assert.equal(makeBlueprint(goodSettings({ ...managedOverrides, hosting })).edge.deletionProtection, true);
    }
  });

  it("tells hosts that keep data, byte for byte, what it tells them when nothing moves", () => {
    const alone = renderHosts(goodBlueprint(minioOverrides));
    for (const step of steps) {
      const blueprint = moving("managed", step, minioOverrides);
      const rendered = renderHosts(blueprint);
      const kept = everyHost(blueprint).filter(({ role }) => ["database", "redis", "objects"].includes(role));
      assert.equal(kept.length, 12);
      for (const { name } of kept) assert.equal(rendered.get(name)?.userData, alone.get(name)?.userData, `${step}: ${name}`);
    }
  });

  it("has a host once, and none of the application or the edge of a hosting that is not in use", () => {
    const names = everyHost(moving("managed", "cutOver", minioOverrides)).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(!names.some((name) => /^(api|worker|edge)-/.test(name)));
    assert.equal(everyHost(moving("selfHosted", "cutOver")).length, goodBlueprint().hosts.length);
  });

  it("lets stores reach each other, and the application the objects that it copies, each by one rule", () => {
    for (const hosting of ["managed", "selfHosted"] as const) {
      for (const step of steps) {
        const flows = everyFlow(moving(hosting, step, minioOverrides)).map(({ from, to, protocol, port }) => `${from} ${to} ${protocol} ${String(port)}`);
        assert.deepEqual(
          flows.filter((flow, index) => flows.indexOf(flow) !== index),
          [],
        );
        for (const needed of ["database database tcp 5432", "database redis tcp 2379", "redis redis tcp 6381", "worker objects tcp 9000"])
          assert.ok(flows.includes(needed), `${hosting}, ${step}: ${needed}`);
      }
    }
  });

  it("keeps objects of managed services in S3, and own hosts' where the stack file says", () => {
    const blueprint = moving("managed", "cutOver", minioOverrides);
    assert.deepEqual([blueprint.objects.kind, blueprint.beside?.objects.kind], ["s3", "minio"]);
    assert.equal(blueprint.proxy.objectsPort, null);
  });

  it("has the secrets of both, and lets only the former one's go", () => {
    const secrets = (step: (typeof steps)[number]): ReturnType<typeof secretContents> => secretContents(moving("managed", step, minioOverrides));
    assert.deepEqual([...secrets("cutOver").keys()].sort(), [...secretContents(goodBlueprint(minioOverrides)).keys()].sort());
    const protection = (step: (typeof steps)[number], name: "edge-certificate" | "wallet"): unknown => {
      const content = secrets(step).get(name);
      return content?.filledBy === "operator" ? content.deletionProtection : undefined;
    };
    assert.deepEqual(
      steps.map((step) => [protection(step, "edge-certificate"), protection(step, "wallet")]),
      [
        [true, true],
        [true, true],
        [false, true],
      ],
    );
  });
});
