import assert from "node:assert/strict";
import { redisPlan } from "../../../hosts/redis/plan";
import { goodBlueprint } from "../../fixtures/good";
import { assertPlanIsWhole, contentOf, directives, hostNamed, hostsWith } from "../plans";

describe("hosts/redis plan", () => {
  const blueprint = goodBlueprint();
  const host = hostNamed(blueprint, "redis-2");
  const plan = redisPlan(blueprint, host);
  const conf = (name: string): string[] => contentOf(plan, `/etc/bundler/redis/${name}.conf`).split("\n");

  it("is whole for every Redis host", () => {
    for (const one of hostsWith(blueprint, "redis")) {
      assertPlanIsWhole(redisPlan(blueprint, one));
    }
  });

  it("starts both instances, a Sentinel for each, etcd and the witness, and not Debian's own", () => {
    assert.deepEqual(plan.units, [
      "etcd.service",
      "bundler-witness.service",
      "bundler-redis-kernel.service",
      "redis-server@cache.service",
      "redis-sentinel@cache.service",
      "redis-server@queues.service",
      "redis-sentinel@queues.service",
    ]);
    assert.deepEqual(plan.maskedUnits, ["redis-server.service", "redis-sentinel.service"]);
  });

  it("has no port without TLS and asks everybody for a certificate", () => {
    for (const name of ["cache", "queues", "sentinel-cache", "sentinel-queues"]) {
      assert.ok(conf(name).includes("port 0"), name);
      assert.ok(conf(name).includes("tls-auth-clients yes"), name);
      assert.ok(conf(name).includes("tls-replication yes"), name);
    }
  });

  it("keeps queued jobs: never evicts, appends to a file, and takes no write that no replica has", () => {
    const { redis } = blueprint;
    for (const line of [
      "maxmemory-policy noeviction",
      "appendonly yes",
      "appendfsync everysec",
      `min-replicas-to-write ${String(redis.minReplicasToWrite)}`,
      `min-replicas-max-lag ${String(redis.minReplicasMaxLagSeconds)}`,
    ]) {
      assert.ok(conf("queues").includes(line), line);
    }
    assert.ok(redis.minReplicasToWrite >= 1);
  });

  it("names no master in a template: the host asks who it is", () => {
    for (const name of ["cache", "queues"]) {
      assert.ok(!conf(name).some((line) => line.startsWith("replicaof")), name);
    }
    const monitored = (name: string): string[] => conf(name).filter((line) => line.startsWith("sentinel monitor "));
    assert.match(monitored("sentinel-queues").join(), /^sentinel monitor bundler-queues @master:bundler-queues@ 6381 2$/);
    assert.match(monitored("sentinel-cache").join(), /^sentinel monitor bundler-cache @master:bundler-cache@ 6379 2$/);
  });

  it("every Redis can be master or replica: masterauth on all, equal priority", () => {
    for (const name of ["cache", "queues"]) {
      assert.ok(conf(name).includes("masteruser replica"));
      assert.ok(conf(name).includes("masterauth @replica@"));
      assert.ok(conf(name).includes("replica-priority 100"));
    }
  });

  it("gives a password to the cache's clients only, and commands of an administrator to none", () => {
    const users = (name: string): string => contentOf(plan, `/etc/bundler/redis/${name}.acl`);
    assert.match(users("cache"), /^user default on #@cache:sha256@ .* -@admin -@dangerous \+info/m);
    assert.match(users("queues"), /^user default on nopass .* -@admin -@dangerous \+info/m);
  });

  it("a Sentinel keeps its identity when its disk is lost, and no two share one", () => {
    const id = (name: string, instance: string): string =>
      /^sentinel myid ([0-9a-f]{40})$/m.exec(
        contentOf(redisPlan(blueprint, hostNamed(blueprint, name)), `/etc/bundler/redis/sentinel-${instance}.conf`),
      )?.[1] ?? "none";
    const all = (): string[] => hostsWith(blueprint, "redis").flatMap((one) => ["cache", "queues"].map((instance) => id(one.name, instance)));
    assert.equal(new Set(all()).size, all().length);
    assert.deepEqual(all(), all());
  });

  it("fills each placeholder from a password file or a master that the settings name", () => {
    for (const name of ["cache", "queues", "sentinel-cache", "sentinel-queues"]) {
      const settings = JSON.parse(contentOf(plan, `/etc/bundler/redis/${name}.json`)) as { passwordFiles: Record<string, string>; masters?: string[] };
      const known = [...Object.keys(settings.passwordFiles), ...(settings.masters ?? []).map((master) => `master:${master}`)];
      const texts = [...conf(name), ...(name.startsWith("sentinel") ? [] : [contentOf(plan, `/etc/bundler/redis/${name}.acl`)])].join("\n");
      const wanted = [...texts.matchAll(/@([a-z][A-Za-z0-9:_-]*)@/g)].map((match) => (match[1] ?? "").replace(/:sha256$/, ""));
      assert.ok(wanted.length > 0);
      assert.deepEqual(
        wanted.filter((one) => !known.includes(one)),
        [],
        name,
      );
      for (const path of Object.values(settings.passwordFiles)) {
        assert.ok(
          plan.secrets.some((secret) => secret.path === path),
          path,
        );
      }
    }
  });

  it("composes before every start, since the master may have moved while it was down", () => {
    const unit = directives(contentOf(plan, "/etc/systemd/system/redis-server@queues.service.d/bundler.conf"));
    assert.deepEqual(unit["Service.ExecStartPre"], ["+/usr/bin/python3 /usr/local/lib/bundler/redis/compose.py /etc/bundler/redis/queues.json"]);
    assert.deepEqual(unit["Service.ExecStart"]?.[0], "");
  });
});
