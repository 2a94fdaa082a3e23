import assert from "node:assert/strict";
import type { Flow } from "../../blueprint/types";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";

function flows(overrides: Record<string, unknown> = {}): string[] {
  return goodBlueprint(overrides).flows.map((flow: Flow) => `${flow.from} > ${flow.to} ${flow.protocol} ${flow.port}`);
}

describe("permitted traffic", () => {
  it("is one rule a direction, each with its reason", () => {
    const all = goodBlueprint(minioOverrides).flows;
    assert.equal(new Set(flows(minioOverrides)).size, all.length);
    assert.ok(all.every((flow) => flow.why.length > 10));
  });

  it("comes from the internet to the edge only, on 80 and 443", () => {
    assert.deepEqual(
      flows().filter((flow) => flow.startsWith("internet")),
      ["internet > edge tcp 80", "internet > edge tcp 443"],
    );
  });

  it("never reaches SSH, the dashboard, metrics or MinIO's console", () => {
    assert.ok(!flows(minioOverrides).some((flow) => / (22|3002|9301|9311|9001)$/.test(flow)));
  });

  it("reaches the database from application hosts, its members and the witnesses", () => {
    const sources = (port: number) =>
      flows()
        .filter((flow) => flow.endsWith(`> database tcp ${port}`))
        .map((flow) => flow.split(" ")[0]);
    assert.deepEqual(sources(5432), ["api", "worker", "database", "redis"]);
    assert.deepEqual(sources(8008), ["database"]);
    assert.deepEqual(sources(8009), ["api", "worker", "database"]);
  });

  it("reaches etcd from the members, the database and the worker hosts", () => {
    assert.deepEqual(
      flows().filter((flow) => flow.endsWith("tcp 2379")),
      ["worker > redis tcp 2379", "database > redis tcp 2379", "redis > redis tcp 2379"],
    );
    assert.deepEqual(
      flows().filter((flow) => flow.endsWith("tcp 2380")),
      ["redis > redis tcp 2380"],
    );
  });

  it("lets upload hosts ask the payment service of any API host", () => {
    assert.ok(flows().includes("api > api tcp 4001") && flows().includes("worker > api tcp 4001"));
  });

  it("has VRRP between edge hosts only where an address moves", () => {
    assert.ok(flows().includes("edge > edge vrrp 0"));
    assert.ok(!flows(nlbOverrides).includes("edge > edge vrrp 0"));
  });

  it("has MinIO's only with MinIO", () => {
    assert.ok(!flows().some((flow) => flow.includes("objects")));
    assert.deepEqual(
      flows(minioOverrides).filter((flow) => flow.includes("objects")),
      ["api > objects tcp 9000", "worker > objects tcp 9000", "objects > objects tcp 9000"],
    );
  });
});
