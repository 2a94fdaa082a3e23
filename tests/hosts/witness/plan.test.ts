import assert from "node:assert/strict";
import { witnessPlan } from "../../../hosts/witness/plan";
import { goodBlueprint } from "../../fixtures/good";
import { contentOf, hostNamed, hostsWith } from "../plans";

interface WitnessFile {
  name: string;
  endpoints: { address: string; port: number }[];
  prefix: string;
  port: number;
  verdictMilliseconds: number;
  quorum: number;
}

describe("hosts/witness plan", () => {
  const blueprint = goodBlueprint();
  const host = hostNamed(blueprint, "redis-2");
  const settings = JSON.parse(contentOf(witnessPlan(blueprint, host), "/etc/bundler/witness.json")) as WitnessFile;

  it("asks its own etcd member first and knows all others", () => {
    assert.equal(settings.endpoints[0]?.address, host.address);
    assert.deepEqual(
      settings.endpoints.map((one) => one.address).sort(),
      hostsWith(blueprint, "redis")
        .map((one) => one.address)
        .sort(),
    );
  });

  it("watches the port that the firewall opens to it, under Patroni's own keys", () => {
    assert.ok(blueprint.flows.some(({ from, to, port }) => from === "redis" && to === "database" && port === settings.port));
    assert.match(settings.prefix, new RegExp(`^/[^/].*/${blueprint.database.patroni.scope}/$`));
  });

  it("takes verdict and quorum from the blueprint, and the quorum is a majority of the witnesses", () => {
    assert.equal(settings.verdictMilliseconds, blueprint.database.witness.verdictMilliseconds);
    assert.equal(settings.quorum, blueprint.database.witness.quorum);
    assert.ok(settings.quorum * 2 > settings.endpoints.length);
  });
});
