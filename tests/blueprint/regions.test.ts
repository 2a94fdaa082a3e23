import assert from "node:assert/strict";
import { makePlan } from "../../blueprint";
import { sitesOf } from "../../blueprint/objects";
import { otherHostsOf } from "../../blueprint/otherRegion";
import { contains, cidrOf } from "../../config/cidr";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import { goodBlueprint, goodSettings, level2Overrides, managedOverrides, minioOverrides, ownRegions } from "../fixtures/good";

describe("two regions of own hosts", () => {
  const { primary, standby } = ownRegions();
  const both = [primary, standby];
  const of = ({ hosts }: SelfHostedBlueprint, role: string): string[] => hosts.filter((host) => host.role === role).map(({ address }) => address);

  it("have the same hosts in each but for the API's, and no address twice", () => {
    for (const role of ["edge", "worker", "database", "redis"]) assert.equal(of(standby, role).length, of(primary, role).length, role);
    assert.equal(of(standby, "api").length, 3);
    const addresses = both.flatMap(({ hosts }) => hosts.map(({ address }) => address));
    assert.equal(new Set(addresses).size, addresses.length);
    for (const { hosts, network } of both) for (const { address } of hosts) assert.ok(contains(cidrOf(network.vpcCidr), cidrOf(`${address}/32`)), address);
  });

  it("know each other: site, region, network and every host, and share the word, the slot and the path", () => {
    for (const [one, other] of [
      [primary, standby],
      [standby, primary],
    ] as const) {
      const { pair } = one;
      assert.ok(pair !== null);
      assert.deepEqual(pair.other, { site: other.site, region: other.region, vpcCidr: other.network.vpcCidr, hosts: other.hosts });
    }
    const shared = both.map(({ pair }) => ({ ...pair, other: null }));
    assert.deepEqual(shared[0], shared[1]);
    assert.equal(primary.pair?.parameter, "/bundler-level1/writer");
  });

  it("take over without the other only after a failover inside it has had its time", () => {
    for (const { pair, database } of both) assert.ok((pair?.silentSeconds ?? 0) > database.patroni.ttlSeconds);
    for (const { pair, proxy } of both) assert.ok((pair?.settleSeconds ?? 0) * 1000 > proxy.checkIntervalMilliseconds * proxy.checkFall);
  });

  it("say the lag to one metric, in every period of its alarm, and as exactly as it rings", () => {
    for (const { pair } of both) {
      assert.ok(pair !== null);
      const { lag } = pair;
      assert.deepEqual(lag.metric, { namespace: "Bundler", metric: "DatabaseLag", dimension: { Name: "Stack", Value: "bundler-level1" } });
      // Each of two regions that do not answer takes 4 s.
      assert.ok(lag.looks * lag.lookSeconds + 8 < lag.periodSeconds);
      assert.ok(3 * lag.lookSeconds < lag.mostLagSeconds && lag.looks > 1);
      // What fills a silent period rings, and a switch in good order is over before two are silent.
      assert.ok(lag.periodSeconds > lag.mostLagSeconds && lag.periods >= 2);
    }
  });

  it("let each other's database hosts in, and nobody else's", () => {
    for (const { flows } of both)
      assert.deepEqual(
        flows.filter(({ from }) => from === "other-region").map(({ to, port }) => [to, port]),
        [
          ["database", 5432],
          ["database", 8008],
        ],
      );
  });

  it("have MinIO's buckets by the same names, and let in each other's MinIO hosts too", () => {
    const { primary: first, standby: second } = ownRegions(minioOverrides);
    assert.deepEqual(first.objects.buckets, second.objects.buckets);
    for (const { name, replica } of first.objects.buckets) assert.equal(replica, name);
    const [here, there] = [sitesOf(first.objects), sitesOf(second.objects)];
    assert.ok(here !== null && there !== null);
    assert.deepEqual([here.own, here.other], [there.other, there.own]);
    assert.notEqual(here.own, here.other);
    for (const { flows } of [first, second])
      assert.deepEqual(
        flows.filter(({ from, to }) => from === "other-region" && to === "objects").map(({ port }) => port),
        [9000],
      );
    assert.deepEqual(
      otherHostsOf(first, "objects").map(({ address }) => address),
      of(second, "objects"),
    );
    assert.notDeepEqual(primary.objects.buckets, standby.objects.buckets, "S3's names are world-wide");
    assert.equal(sitesOf(goodBlueprint(minioOverrides).objects), null);
  });

  it("are one region below level 3", () => {
    for (const blueprint of [goodBlueprint(), goodBlueprint(level2Overrides)]) {
      assert.equal(blueprint.pair, null);
      assert.equal(blueprint.edge.failover, null);
      assert.ok(!blueprint.flows.some(({ from, port }) => from === "other-region" || [8010, 8012].includes(port)));
    }
    assert.equal(makePlan(goodSettings(level2Overrides)).standby, null);
  });

  it("are of one hosting", () => {
    const managed = {
      ...managedOverrides,
      level: 3,
      standbyRegion: "us-west-2",
      standbyCertificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/89abcdef-0123-4567-89ab-cdef01234567",
    };
    for (const overrides of [managed, { level: 3, hosting: "selfHosted", standbyRegion: "us-west-2" }]) {
      const plan = makePlan(goodSettings(overrides));
      assert.equal(plan.standby?.hosting, plan.primary.hosting);
    }
  });
});
