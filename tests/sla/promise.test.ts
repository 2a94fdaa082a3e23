import assert from "node:assert/strict";
import type { Plan } from "../../blueprint";
import { sitesOf } from "../../blueprint/objects";
import type { Host, ManagedBlueprint, SelfHostedBlueprint } from "../../blueprint/types";
import { failureClasses, type DataKind, type FailureClass } from "../../sla/objectives";
import { promiseOf } from "../../sla/promise";
import type { Promised, PromisedClass } from "../../sla/promised";
import { goodBlueprint, level2Overrides, managedBlueprint, minioOverrides, nlbOverrides, ownRegions } from "../fixtures/good";
import { plans } from "./writeLevels";

const alone = (primary: SelfHostedBlueprint | ManagedBlueprint): Plan => ({ primary, standby: null });

function classOf(plan: Plan, failure: FailureClass): PromisedClass {
  const found = promiseOf(plan).classes.find((one) => one.class === failure);
  assert.ok(found !== undefined, failure);
  return found;
}

function hostsWithout(blueprint: SelfHostedBlueprint, gone: (host: Host) => boolean): Plan {
  return alone({ ...blueprint, hosts: blueprint.hosts.filter((host) => !gone(host)) });
}

/** Classes whose verdict differs between two plans. */
function changed(before: Plan, after: Plan): string[] {
  const verdicts = (plan: Plan): Map<string, string> => new Map(promiseOf(plan).classes.map((one) => [one.class, one.kept]));
  const [was, is] = [verdicts(before), verdicts(after)];
  return [...was].filter(([name, kept]) => is.get(name) !== kept).map(([name]) => name);
}

function level3(): Plan & { primary: ManagedBlueprint } {
  const plan = plans().get("level3-managed");
  assert.ok(plan?.primary.hosting === "managed");
  return { ...plan, primary: plan.primary };
}

describe("the promise", () => {
  const good = goodBlueprint();

  for (const [name, plan] of plans()) {
    it(`${name}: breaks no objective, and says of the rest that nothing bounds it`, () => {
      const promised = promiseOf(plan);
      assert.deepEqual(
        promised.classes.filter(({ kept }) => kept === "no").map((one) => one.class),
        [],
      );
      for (const one of promised.classes) {
        assert.ok(one.rto.source.length > 10, one.class);
        if (one.rto.boundSeconds === null) assert.deepEqual(one.rto.recoveries, []);
        else assert.equal(one.rto.boundSeconds, Math.max(...one.rto.recoveries.map(({ seconds }) => seconds)), one.class);
      }
    });

    it(`${name}: is plain JSON, each wait with its basis and adding up`, () => {
      const promised = promiseOf(plan);
      assert.deepEqual(JSON.parse(JSON.stringify(promised)), promised);
      for (const { rto } of promised.classes)
        for (const { seconds, waits, failure } of rto.recoveries)
          assert.ok(Math.abs(waits.reduce((sum, wait) => sum + wait.seconds, 0) - seconds) < 0.05, failure);
    });
  }

  it("does not promise what is not built: no backup of own hosts, no way out of a lost region below level 3", () => {
    const ofOwn = promiseOf(alone(good))
      .classes.filter(({ kept }) => kept === "notPromised")
      .map((one) => one.class);
    assert.deepEqual(ofOwn, ["region", "corruption"]);
    assert.match(classOf(alone(good), "corruption").rpo.database.source, /no backup/);
    assert.equal(classOf(alone(good), "corruption").rpo.objects.kept, "yes");
    assert.equal(classOf(alone(managedBlueprint()), "corruption").rpo.database.boundSeconds, 300);
    assert.equal(classOf(alone(managedBlueprint()), "corruption").rto.kept, "notPromised");
    assert.equal(classOf(alone(managedBlueprint()), "redisPrimary").rpo.queues.kept, "notPromised");
  });

  it("knows an edge host where there is one, and a host of objects with MinIO", () => {
    const classes = (promised: Promised): string[] => promised.classes.map((one) => one.class);
    assert.ok(!classes(promiseOf(alone(managedBlueprint()))).includes("edgeHost"));
    assert.ok(!classes(promiseOf(alone(good))).includes("objectsHost"));
    assert.equal(classOf(alone(goodBlueprint(minioOverrides)), "objectsHost").kept, "yes");
    assert.deepEqual(
      Object.keys(failureClasses).filter((one) => !classes(promiseOf(alone(goodBlueprint(minioOverrides)))).includes(one)),
      [],
    );
  });

  it("counts a load balancer's checks instead of a moving address", () => {
    const edge = classOf(alone(goodBlueprint(nlbOverrides)), "edgeHost");
    assert.equal(edge.kept, "yes");
    assert.ok(edge.rto.recoveries.every(({ waits }) => waits.some(({ what }) => what === "the load balancer's checks fail")));
  });

  it("one zone: a lost zone is not survived, and nothing else changes", () => {
    const together = alone({ ...good, hosts: good.hosts.map((host) => ({ ...host, zone: "us-east-1a" })) });
    assert.deepEqual(changed(alone(good), together), ["zone"]);
    assert.match(classOf(together, "zone").rto.source, /without zone us-east-1a 0 of/);
  });

  it("one role in one zone: the same, and it is named", () => {
    const databases = alone({ ...good, hosts: good.hosts.map((host) => (host.role === "database" ? { ...host, zone: "us-east-1b" } : host)) });
    assert.deepEqual(changed(alone(good), databases), ["zone"]);
    assert.match(classOf(databases, "zone").rto.source, /^database: without zone us-east-1b/);
  });

  it("two database hosts in a zone: it may hold all that has the last rows", () => {
    const pair = alone({ ...good, hosts: good.hosts.map((host) => (host.name === "db-3" ? { ...host, zone: "us-east-1a" } : host)) });
    assert.deepEqual(changed(alone(good), pair), ["zone"]);
    assert.match(classOf(pair, "zone").rto.source, /only synchronous standby may both be in zone us-east-1a/);
    assert.equal(classOf(pair, "zone").rpo.database.kept, "notPromised");
  });

  it("no standby: a lost primary and a full volume are not survived, nor is a zone", () => {
    const lone = hostsWithout(good, ({ role, index }) => role === "database" && index > 1);
    assert.deepEqual(changed(alone(good), lone), ["databasePrimary", "standstill", "fullVolume", "zone"]);
    assert.equal(classOf(lone, "databasePrimary").rpo.database.boundSeconds, null);
  });

  it("asynchronous: rows may be lost, and witnesses, who would lose more, end no lease", () => {
    const { database } = good;
    const asynchronous = alone({ ...good, database: { ...database, patroni: { ...database.patroni, synchronousMode: false } } });
    assert.deepEqual(changed(alone(good), asynchronous), ["databasePrimary", "standstill", "fullVolume", "zone"]);
    const { rto, rpo } = classOf(asynchronous, "databasePrimary");
    assert.deepEqual([rto.kept, rpo.database.kept, rpo.database.boundSeconds], ["no", "no", 23]);
  });

  it("a missing witness: the lease ends by itself, which takes too long", () => {
    const fewer = hostsWithout(good, ({ name }) => name === "redis-3");
    assert.equal(classOf(fewer, "databasePrimary").rto.kept, "no");
    assert.ok(classOf(fewer, "databasePrimary").rto.recoveries.some(({ waits }) => waits.some(({ what }) => what === "the lease ends")));
    const elsewhere = alone({ ...good, database: { ...good.database, witness: { ...good.database.witness, quorum: 3 } } });
    assert.deepEqual(changed(alone(good), elsewhere), ["databasePrimary", "standstill"]);
  });

  it("slower timings than the objective allows: no, with the sum that says which", () => {
    const slow = alone(goodBlueprint({ redisDownAfterMilliseconds: 3000 }));
    assert.deepEqual(changed(alone(good), slow), ["redisPrimary"]);
    assert.match(classOf(slow, "redisPrimary").rto.source, /a Sentinel calls the master down 3 \+/);
  });

  it("Redis that takes writes without replicas: jobs may be lost, and nothing says how many", () => {
    const reckless = alone({ ...good, redis: { ...good.redis, minReplicasToWrite: 0 } });
    const queues = (failure: FailureClass): string => classOf(reckless, failure).rpo["queues" satisfies DataKind].kept;
    assert.deepEqual([queues("redisPrimary"), queues("zone"), queues("databasePrimary")], ["notPromised", "notPromised", "yes"]);
  });

  it("managed: one Aurora instance, one Redis node, one zone", () => {
    const level2 = managedBlueprint({ level: 2 });
    const oneInstance = alone({ ...level2, database: { ...level2.database, members: level2.database.members.slice(0, 1) } });
    assert.deepEqual(changed(alone(level2), oneInstance), ["databasePrimary"]);
    assert.equal(classOf(oneInstance, "zone").rto.kept, "notPromised");
    const oneNode = alone({ ...level2, redis: { ...level2.redis, instances: level2.redis.instances.map((one) => ({ ...one, nodes: 1 })) } });
    assert.equal(classOf(oneNode, "redisPrimary").rto.kept, "notPromised");
    const oneZone = alone({ ...level2, network: { ...level2.network, zones: level2.network.zones.slice(0, 1) } });
    assert.equal(classOf(oneZone, "zone").rto.kept, "notPromised");
  });

  it("level 3: a lost region, and what takes the promise away", () => {
    const whole = level3();
    const region = classOf(whole, "region");
    assert.equal(region.kept, "yes");
    assert.ok(region.rto.boundSeconds !== null && region.rto.boundSeconds <= 900);
    assert.ok(region.rto.bases.includes("assumption"), "a person decides");
    const { primary } = whole;
    const spoiled: Record<string, Plan> = {
      "no second region": { ...whole, standby: null },
      "no database over both": { ...whole, primary: { ...primary, database: { ...primary.database, global: null } } },
      "no way for clients": { ...whole, primary: { ...primary, edge: { ...primary.edge, failover: null } } },
    };
    for (const [what, plan] of Object.entries(spoiled)) assert.equal(classOf(plan, "region").rto.kept, "notPromised", what);
    const uncopied = {
      ...whole,
      primary: { ...primary, objects: { ...primary.objects, buckets: primary.objects.buckets.map((one) => ({ ...one, replica: null })) } },
    };
    assert.deepEqual([classOf(uncopied, "region").rpo.objects.kept, classOf(uncopied, "region").rpo.database.kept], ["notPromised", "yes"]);
  });

  it("level 3 on own hosts: a lost region is bounded with people in it, and what it loses of the database by the alarm of its lag", () => {
    const whole = plans().get("level3-selfHosted");
    assert.ok(whole?.primary.hosting === "selfHosted" && whole.standby?.hosting === "selfHosted");
    const { rto, rpo } = classOf(whole, "region");
    assert.ok(rto.boundSeconds !== null && rto.boundSeconds <= 900);
    assert.ok(rto.bases.includes("assumption"), "a person decides");
    const { pair } = whole.standby;
    assert.ok(pair !== null);
    // The period in which the region is lost, and those of the alarm.
    const noticed = rto.recoveries.flatMap(({ waits }) => waits).find(({ what }) => what.includes("alarm"));
    assert.equal(noticed?.seconds, pair.lag.periodSeconds * (pair.lag.periods + 1));
    assert.deepEqual([rpo.database.kept, rpo.objects.kept], ["yes", "yes"]);
    assert.equal(rpo.database.boundSeconds, pair.lag.mostLagSeconds);
    const later: Plan = { ...whole, standby: { ...whole.standby, pair: { ...pair, lag: { ...pair.lag, mostLagSeconds: 60 } } } };
    assert.equal(classOf(later, "region").rpo.database.kept, "no");
    const apart: Plan = { ...whole, standby: { ...whole.standby, pair: null } };
    const unreached: Plan = { ...whole, primary: { ...whole.primary, edge: { ...whole.primary.edge, failover: null } } };
    for (const plan of [apart, unreached]) assert.equal(classOf(plan, "region").rto.kept, "notPromised");
  });

  it("level 3 on own hosts with MinIO: what a lost region loses of the objects is not promised, and said to be missing until it is back", () => {
    const whole: Plan = ownRegions(minioOverrides);
    const { rto, rpo } = classOf(whole, "region");
    assert.ok(rto.boundSeconds !== null && rto.boundSeconds <= 900, "MinIO is no part of the switch");
    assert.equal(rpo.objects.kept, "notPromised");
    assert.match(rpo.objects.source, /missing there until the first region is back/);
    for (const failure of ["objectsHost", "zone"] as const) assert.equal(classOf(whole, failure).rpo.objects.kept, "yes", failure);
    const { primary, standby } = ownRegions(minioOverrides);
    const { minio } = standby.objects;
    const sites = sitesOf(standby.objects);
    assert.ok(minio !== null && sites !== null);
    const apart: Plan = { primary, standby: { ...standby, objects: { ...standby.objects, minio: { ...minio, sites: { ...sites, own: "elsewhere" } } } } };
    assert.match(classOf(apart, "region").rpo.objects.source, /not copied/);
  });

  it("carries the measured figures and the cost that it is given, and invents none", () => {
    const plan = alone(goodBlueprint(level2Overrides));
    assert.equal(promiseOf(plan).cost, null);
    const evidence = [{ hosting: "selfHosted" as const, drill: "zone-lost", trials: 4, worstSeconds: 10.2, broken: 0, lost: 0, date: "2026-11-26" }];
    const promised = promiseOf(plan, { evidence, cost: { monthlyUsd: 1, maximumMonthlyUsd: 2, pricesAsOf: "2025-06" } });
    assert.deepEqual(promised.cost, { monthlyUsd: 1, maximumMonthlyUsd: 2, pricesAsOf: "2025-06" });
    const measured = promised.classes.flatMap(({ rto }) => rto.recoveries).filter((one) => one.measured !== null);
    assert.deepEqual(
      measured.map(({ failure, measured: found }) => [failure, found?.worstSeconds]),
      [["zone-lost", 10.2]],
    );
  });
});
