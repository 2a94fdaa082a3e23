import assert from "node:assert/strict";
import { planHost } from "../../../hosts";
import { goodBlueprint, minioOverrides } from "../../fixtures/good";
import { contentOf, directives, hostNamed, hostsWith } from "../plans";
import { runPythonTests } from "../python";

describe("application hosts", () => {
  const blueprint = goodBlueprint();
  const plan = (name: string): ReturnType<typeof planHost> => planHost(blueprint, hostNamed(blueprint, name));

  it("run the five processes where the blueprint says, the dashboard once, payment-workers only by its agent", () => {
    const started = (name: string): string[] => plan(name).units.filter((unit) => blueprint.processes.some((process) => unit === `${process.name}.service`));
    assert.deepEqual(started("api-1").sort(), ["admin-dashboard.service", "payment-service.service", "upload-api.service"]);
    assert.deepEqual(started("api-2").sort(), ["payment-service.service", "upload-api.service"]);
    for (const name of ["worker-1", "worker-2"]) {
      assert.deepEqual(started(name), ["upload-workers.service"]);
      assert.ok(plan(name).units.includes("bundler-singleton.service"));
      assert.equal(directives(contentOf(plan(name), "/etc/systemd/system/payment-workers.service"))["Install.WantedBy"], undefined);
    }
  });

  it("start nothing of the application before its secrets, its release and its migrations", () => {
    for (const host of [...hostsWith(blueprint, "api"), ...hostsWith(blueprint, "worker")]) {
      for (const process of host.processes) {
        const unit = directives(contentOf(plan(host.name), `/etc/systemd/system/${process}.service`));
        for (const before of ["bundler-secrets.service", "bundler-artifacts.service", "bundler-migrate.service"]) {
          assert.ok(unit["Unit.Requires"]?.[0]?.split(" ").includes(before), `${process} requires ${before}`);
          assert.ok(unit["Unit.After"]?.[0]?.split(" ").includes(before), `${process} comes after ${before}`);
        }
      }
    }
  });

  it("have the wallet where it signs, and nowhere else", () => {
    const wallets = (name: string): string[] =>
      plan(name)
        .secrets.filter((secret) => secret.path.includes("wallet"))
        .map((secret) => secret.path);
    assert.deepEqual(wallets("api-1"), ["/run/bundler/app/wallet.json", "/run/bundler/app/raw-data-item-wallet.json"]);
    assert.deepEqual(wallets("worker-1"), ["/run/bundler/app/wallet.json"]);
    assert.deepEqual(wallets("edge-1"), []);
  });

  it("cut the sessions of a lost leader, but not of an HTTP backend, and by no means of HAProxy's, which hangs new ones", () => {
    const minio = goodBlueprint(minioOverrides);
    const hostPlan = planHost(minio, hostNamed(minio, "worker-1"));
    const config = contentOf(hostPlan, "/etc/haproxy/haproxy.cfg");
    const backends = config.split("\n").flatMap((line) => /^listen (.+)$/.exec(line)?.[1] ?? []);
    const cut = /bundler_cut\.py \S+ (.+)$/m.exec(contentOf(hostPlan, "/etc/systemd/system/bundler-cut.service"))?.[1]?.split(" ");
    assert.deepEqual(cut, ["postgres-primary", "redis-cache", "redis-queues"]);
    assert.deepEqual(
      backends.filter((name) => !cut.includes(name)),
      ["payment", "objects"],
    );
    assert.doesNotMatch(config, /shutdown-sessions/);
  });

  it("let a new connection wait for the next leader as long as PgBouncer's clients do", () => {
    const { proxy } = goodBlueprint();
    const config = contentOf(plan("api-1"), "/etc/haproxy/haproxy.cfg");
    const section = (name: string): string => config.split(/\n(?=listen )/).find((part) => part.startsWith(`listen ${name}\n`)) ?? "";
    for (const name of ["postgres-primary", "redis-cache", "redis-queues"]) {
      const retries = Number(/^ {4}retries (\d+)$/m.exec(section(name))?.[1]);
      assert.ok((retries * proxy.leaderTryMilliseconds) / 1000 >= proxy.queryWaitTimeoutSeconds, name);
      assert.match(section(name), /^ {4}server waiting-room \S+ backup no-check$/m);
    }
    assert.equal(proxy.serverConnectTimeoutSeconds, proxy.queryWaitTimeoutSeconds);
  });

  it("give the singleton's stop and kill room inside the lease, and a failed renewal no effect", () => {
    const settings = JSON.parse(contentOf(plan("worker-1"), "/etc/bundler/singleton.json")) as Record<
      "leaseSeconds" | "renewSeconds" | "stopSeconds" | "killSeconds",
      number
    >;
    assert.ok(settings.killSeconds > 1 && settings.stopSeconds > settings.killSeconds);
    // One renewal may fail, each endpoint taking its second, before an orderly stop begins.
    assert.ok(settings.leaseSeconds - 2 * settings.renewSeconds > settings.stopSeconds);
  });

  it("ask every process that listens whether it is alive, but the dashboard", () => {
    const asked = (name: string): string[] =>
      (JSON.parse(contentOf(plan(name), "/etc/bundler/health.json")) as { watched: { unit: string; url: string }[] }).watched.map(
        ({ unit, url }) => `${unit} ${url}`,
      );
    assert.deepEqual(asked("api-1"), ["payment-service.service http://127.0.0.1:4001/health", "upload-api.service http://127.0.0.1:3001/health"]);
    assert.deepEqual(asked("worker-1"), ["upload-workers.service http://127.0.0.1:9311/metrics"]);
    for (const name of ["api-1", "worker-1"]) assert.ok(plan(name).units.includes("bundler-health.service"));
  });

  it("has Python programs whose own tests pass", () => {
    runPythonTests("app");
  });
});
