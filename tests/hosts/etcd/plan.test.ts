import assert from "node:assert/strict";
import { etcdPlan } from "../../../hosts/etcd/plan";
import { goodBlueprint } from "../../fixtures/good";
import { contentOf, directives, hostNamed, hostsWith } from "../plans";

interface EtcdFile {
  name: string;
  "initial-cluster": string;
  "client-transport-security": Record<string, unknown>;
  "peer-transport-security": Record<string, unknown>;
  "heartbeat-interval": number;
  "election-timeout": number;
  [url: `${string}-urls`]: string;
}

describe("hosts/etcd plan", () => {
  const blueprint = goodBlueprint();
  const host = hostNamed(blueprint, "redis-3");
  const plan = etcdPlan(blueprint, host);
  const settings = JSON.parse(contentOf(plan, "/etc/bundler/etcd.conf.json")) as EtcdFile;

  it("names every Redis host as a member, the same on each", () => {
    const hosts = hostsWith(blueprint, "redis");
    const expected = hosts.map((one) => `${one.name}=https://${one.address}:${String(blueprint.etcd.peerPort)}`).join(",");
    for (const one of hosts) {
      const file = JSON.parse(contentOf(etcdPlan(blueprint, one), "/etc/bundler/etcd.conf.json")) as EtcdFile;
      assert.equal(file["initial-cluster"], expected);
      assert.equal(file.name, one.name);
    }
  });

  it("asks a certificate of clients and peers, and listens to nobody without TLS but the metrics' loopback", () => {
    assert.equal(settings["client-transport-security"]["client-cert-auth"], true);
    assert.equal(settings["peer-transport-security"]["client-cert-auth"], true);
    for (const name of ["listen-client-urls", "listen-peer-urls", "advertise-client-urls", "initial-advertise-peer-urls"] as const) {
      assert.match(settings[name] ?? "", /^https:\/\//, name);
    }
    assert.match(settings["listen-metrics-urls"] ?? "", /^http:\/\/127\.0\.0\.1:/);
  });

  it("takes its timings from the blueprint", () => {
    assert.equal(settings["heartbeat-interval"], blueprint.etcd.heartbeatMilliseconds);
    assert.equal(settings["election-timeout"], blueprint.etcd.electionMilliseconds);
  });

  it("decides how to join before every start", () => {
    const unit = directives(contentOf(plan, "/etc/systemd/system/etcd.service"));
    assert.deepEqual(unit["Service.ExecStartPre"], [
      "+/usr/bin/python3 /usr/local/lib/bundler/etcd_join.py /etc/bundler/etcd.conf.json /run/bundler-etcd/etcd.conf.json",
    ]);
    assert.deepEqual(unit["Service.ExecStart"], ["/usr/bin/etcd --config-file /run/bundler-etcd/etcd.conf.json"]);
  });
});
