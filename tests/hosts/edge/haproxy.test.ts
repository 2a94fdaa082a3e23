import assert from "node:assert/strict";
import { planHost } from "../../../hosts";
import { edgeHaproxyCfg } from "../../../hosts/edge/haproxy.cfg";
import { keepalivedConf } from "../../../hosts/edge/keepalived.conf";
import { goodBlueprint } from "../../fixtures/good";
import { hostNamed } from "../plans";

describe("edge HAProxy", () => {
  const config = edgeHaproxyCfg(goodBlueprint());

  it("has the route table in its order, denied paths first, upload by default", () => {
    const rules = [...config.matchAll(/use_backend (\w+) if \{ var\(txn\.path\) -m beg (\S+) \}/g)].map(
      ([, backend, path]) => `${backend ?? ""} ${path ?? ""}`,
    );
    const { routes } = goodBlueprint();
    const expected = routes.filter((route) => route.path !== "/").map((route) => `${route.service === "deny" ? "denied" : route.service} ${route.path}`);
    assert.deepEqual(rules, expected);
    assert.match(config, /default_backend upload/);
  });

  it("sends what changes something only once, and never cuts sessions of a backend that fails its checks", () => {
    assert.equal(config.match(/http-request disable-l7-retry if !\{ method GET HEAD \}/g)?.length, 2);
    assert.doesNotMatch(config, /shutdown-sessions/);
  });

  it("waits longer for a service than PgBouncer holds a query", () => {
    const { edge, proxy } = goodBlueprint();
    assert.ok(edge.http.uploadServerSeconds > proxy.queryWaitTimeoutSeconds);
    assert.ok(edge.http.paymentServerSeconds > proxy.queryWaitTimeoutSeconds);
  });

  it("answers challenges only with ACME", () => {
    assert.doesNotMatch(config, /acme-challenge/);
    assert.match(edgeHaproxyCfg(goodBlueprint({ certificate: "acme", acmeEmail: "operator@example.com" })), /acme-challenge/);
  });
});

describe("keepalived", () => {
  it("talks to the other edge host by address and has the blueprint's advert", () => {
    const blueprint = goodBlueprint();
    const config = keepalivedConf(blueprint, hostNamed(blueprint, "edge-1"));
    assert.match(
      config,
      new RegExp(`unicast_src_ip ${hostNamed(blueprint, "edge-1").address}\n    unicast_peer \\{\n        ${hostNamed(blueprint, "edge-2").address}\n`),
    );
    assert.match(config, new RegExp(`advert_int ${String(blueprint.edge.vrrp.advertSeconds)}\n`));
  });

  it("says what it is into the pipe that systemd makes, and starts no scripts for it, which would race", () => {
    const blueprint = goodBlueprint();
    const edge = hostNamed(blueprint, "edge-1");
    const socket = planHost(blueprint, edge).files.find(({ path }) => path.endsWith("/bundler-eip.socket"));
    const [, pipe] = /^ListenFIFO=(.+)$/m.exec(socket?.content ?? "") ?? [];
    assert.ok(keepalivedConf(blueprint, edge).includes(`    vrrp_notify_fifo ${pipe ?? "nowhere"}\n`));
    assert.doesNotMatch(keepalivedConf(blueprint, edge), /notify_(master|backup|fault|stop)/);
  });

  it("asks HAProxy at an address where it answers", () => {
    const blueprint = goodBlueprint();
    const asked = /script ".*--max-time 1 .* http:\/\/([\d.:]+)(\/\w+)"/.exec(keepalivedConf(blueprint, hostNamed(blueprint, "edge-1")));
    const frontend = edgeHaproxyCfg(blueprint).split("frontend metrics\n")[1] ?? "";
    assert.ok(frontend.includes(`bind ${asked?.[1] ?? "nowhere"}\n`));
    assert.ok(frontend.includes(`monitor-uri ${asked?.[2] ?? "nowhere"}\n`));
  });
});
