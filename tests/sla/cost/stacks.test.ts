import assert from "node:assert/strict";
import { costOf, usualUsage, type CostLine } from "../../../sla/cost";
import { free } from "../../../sla/cost/free";
import { pricers } from "../../../sla/cost/pricers";
import { makePlan } from "../../../blueprint";
import { goodSettings, managedOverrides, minioOverrides, nlbOverrides } from "../../fixtures/good";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownConfig, parseSettings, type Settings } from "../../../config/settings";
import { register, registrations, type Registration } from "./stacks";

describe("the cost of every stack", function () {
  this.timeout(300_000);
  let all: Registration[];

  before(async () => {
    all = await registrations();
  });

  it("is the same from the program and from a state, line by line", () => {
    for (const { name, servingRegion, ofProgram, ofState } of all) {
      const sorted = (resources: typeof ofProgram): string[] =>
        costOf(resources, usualUsage(servingRegion))
          .lines.map((line) => JSON.stringify(line))
          .sort();
      assert.deepEqual(sorted(ofProgram), sorted(ofState), name);
      assert.equal(ofProgram.length, ofState.length, name);
    }
  });

  it("knows every resource as priced or as free", () => {
    for (const { name, servingRegion, ofProgram } of all) {
      const cost = costOf(ofProgram, usualUsage(servingRegion));
      const priced = ofProgram.filter(({ type }) => pricers[type] !== undefined).length;
      assert.equal(priced + cost.free.reduce((sum, { count }) => sum + count, 0), ofProgram.length, name);
      assert.ok(cost.maximumMonthlyUsd >= cost.monthlyUsd, name);
    }
  });

  it("grows with the level, and at the most with managed groups only", () => {
    const total = (name: string): { monthlyUsd: number; maximumMonthlyUsd: number } => {
      const found = all.find((one) => one.name === name);
      assert.ok(found, name);
      return costOf(found.ofProgram, usualUsage(found.servingRegion));
    };
    assert.ok(total("level1-managed").monthlyUsd < total("level2-managed").monthlyUsd);
    assert.ok(total("level2-managed").monthlyUsd < total("level3-managed").monthlyUsd);
    assert.equal(total("level1-selfHosted").maximumMonthlyUsd, total("level1-selfHosted").monthlyUsd);
    assert.ok(total("level2-managed").maximumMonthlyUsd > total("level2-managed").monthlyUsd);
  });

  it("has each region's resources at that region's prices, also what one region makes in the other", () => {
    const level3 = all.find(({ name }) => name === "level3-managed");
    assert.ok(level3);
    const regionOf = (name: string): string | null | undefined => level3.ofProgram.find((one) => one.name === name)?.region;
    assert.equal(regionOf("bundler-level3-key-key"), "us-east-1");
    assert.equal(regionOf("bundler-level3-key-replica"), "us-west-2");
    assert.equal(regionOf("bundler-level3-regions-lag-alarm"), "us-west-2");
    assert.equal(regionOf("bundler-level3-b-network-nat-a"), "us-west-2");
  });

  it("leaves no type both priced and free", () => {
    assert.deepEqual(
      Object.keys(pricers).filter((type) => free[type] !== undefined),
      [],
    );
  });

  it("of MinIO has the drives of its hosts, and no bucket", async () => {
    const lines = await linesOf(goodSettings(minioOverrides));
    assert.equal(lines.filter(({ category, resource }) => category === "disks" && /-drive-\d$/.test(resource)).length, 12);
    assert.deepEqual(
      lines.filter(({ category }) => category === "objects"),
      [],
    );
  });

  it("of a network load balancer before own hosts has it, and an address a zone", async () => {
    const lines = await linesOf(goodSettings(nlbOverrides));
    assert.ok(lines.some(({ what }) => what === "network load balancer"));
    assert.equal(lines.filter(({ resource, what }) => what === "public IPv4 address" && /-eip-[abc]$/.test(resource)).length, 3);
  });

  it("of a database that is moved has both", async () => {
    const whats = (await linesOf(goodSettings({ ...managedOverrides, level: 2, databaseMove: "copy" }))).map(({ what }) => what);
    assert.ok(whats.some((what) => what.startsWith("RDS for PostgreSQL")));
    assert.ok(whats.some((what) => what.startsWith("Aurora PostgreSQL")));
  });

  it("of level 3 with a global accelerator has it, and no health check", async () => {
    const file = parse(readFileSync(join(__dirname, "../../../Pulumi.level3.yaml"), "utf8")) as { config: Record<string, unknown> };
    const lines = await linesOf(parseSettings({ ...ownConfig(file.config), traffic: "globalAccelerator" }, "level3"));
    assert.ok(lines.some(({ what }) => what === "Global Accelerator"));
    assert.ok(!lines.some(({ category }) => category === "healthChecks"));
  });

  it("of a cluster of three is refused, since its machines have no price here", async () => {
    await assert.rejects(
      linesOf(goodSettings({ ...managedOverrides, managedDatabase: "rdsCluster", databaseInstanceClass: "db.m6gd.large" })),
      /dbClusterInstanceClass/,
    );
  });
});

async function linesOf(settings: Settings): Promise<CostLine[]> {
  const { servingRegion, ofProgram } = await register("variant", makePlan(settings));
  return costOf(ofProgram, usualUsage(servingRegion)).lines;
}
