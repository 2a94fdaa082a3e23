import assert from "node:assert/strict";
import { planHost } from "../../../hosts";
import type { HostFile } from "../../../hosts/types";
import { goodBlueprint, level3Overrides, nlbOverrides } from "../../fixtures/good";
import { hostsWith } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runInRoot } from "../debian";

const variants: [string, Record<string, unknown>][] = [
  ["keepalived", {}],
  ["a load balancer", nlbOverrides],
  ["two regions", level3Overrides],
  ["ACME", { certificate: "acme", acmeEmail: "operator@example.com" }],
];

describe("edge files in Debian 13", () => {
  const { certificate, privateKey } = testCertificate(["bundler.example.com"], []);
  const pem: HostFile = { path: "/run/bundler/edge/certificate.pem", content: certificate + privateKey, mode: "0600", owner: "root:root" };

  for (const [name, overrides] of variants) {
    for (const host of hostsWith(goodBlueprint(overrides), "edge")) {
      it(`HAProxy accepts the configuration of ${host.name} with ${name}, without a warning`, async function () {
        this.timeout(60_000);
        const { files } = planHost(goodBlueprint(overrides), host);
        const run = await runInRoot([...files, pem], ["haproxy", "-c", "-f", "/etc/haproxy/haproxy.cfg"]);
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
        assert.doesNotMatch(run.stderr, /WARNING/);
      });
    }
  }

  for (const host of hostsWith(goodBlueprint(), "edge")) {
    it(`keepalived accepts the configuration of ${host.name}`, async function () {
      this.timeout(60_000);
      const { files } = planHost(goodBlueprint(), host);
      const run = await runInRoot(files, ["keepalived", "--config-test", "--use-file", "/etc/keepalived/keepalived.conf"]);
      assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
    });
  }
});
