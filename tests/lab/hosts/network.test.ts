import assert from "node:assert/strict";
import { zoneLink } from "../../../lab/hosts/network/addresses";
import { hostBatches, zoneBatches } from "../../../lab/hosts/network/links";
import type { Ruleset } from "../../../lab/hosts/network/nft";
import { gatewayRuleset, hostRuleset, lossRuleset } from "../../../lab/hosts/network/rules";
import { host, smallPlatform } from "./platform";

interface Rule {
  chain: string;
  comment?: string;
  expr: unknown[];
}

const rulesOf = (ruleset: Ruleset): Rule[] =>
  ruleset.nftables.flatMap((item) => {
    const added = (item as { add?: { rule?: Rule } }).add?.rule;
    return added === undefined ? [] : [added];
  });

describe("a host's security groups in the lab", () => {
  const platform = smallPlatform();
  const rules = (name: string): Rule[] => rulesOf(hostRuleset(platform, platform.hosts.find((one) => one.name === name) ?? host(name)));

  it("are the rules of its own groups, each under its id", () => {
    const ids = (name: string): (string | undefined)[] => rules(name).flatMap(({ comment }) => (comment === undefined ? [] : [comment]));
    assert.deepEqual(ids("edge-1"), ["in-https", "in-vrrp", "out-all"]);
    assert.deepEqual(ids("db-1"), ["in-db", "in-nobody"]);
  });

  it("drop what no rule permits, both ways", () => {
    const { nftables } = hostRuleset(platform, host("edge-1"));
    const policies = nftables.flatMap((item) => (item as { add?: { chain?: { policy: string } } }).add?.chain?.policy ?? []);
    assert.deepEqual(policies, ["drop", "drop"]);
  });

  it("permit a group's members by their addresses, and nobody when it has none", () => {
    const text = (id: string): string => JSON.stringify(rules("db-1").find(({ comment }) => comment === id)?.expr);
    assert.match(text("in-db"), /"10\.0\.0\.11"/);
    assert.match(text("in-db"), /"range":\[5432,5433\]/);
    assert.match(text("in-nobody"), /"0\.0\.0\.0"/);
  });

  it("leave instance metadata and the resolver to everybody, as AWS does", () => {
    assert.ok(rules("db-1").some(({ chain, expr }) => chain === "out" && JSON.stringify(expr).includes("169.254.169.254")));
  });
});

describe("the lab's internet gateway", () => {
  it("translates an Elastic IP to its owner and back", () => {
    const text = JSON.stringify(gatewayRuleset(new Map([["198.18.0.1", "10.0.0.11"]]), "10.0.0.0/16"));
    assert.match(text, /\["198\.18\.0\.1","10\.0\.0\.11"\]/);
    assert.match(text, /\["10\.0\.0\.11","198\.18\.0\.1"\]/);
  });

  it("can be without any", () => {
    assert.doesNotMatch(JSON.stringify(gatewayRuleset(new Map(), "10.0.0.0/16")), /"elem"/);
  });
});

describe("the lab's zones", () => {
  const platform = smallPlatform();

  it("have links of their own to the core", () => {
    const links = [0, 1, 2].map((index) => zoneLink(index));
    assert.equal(new Set(links.flatMap(({ core, zone }) => [core, zone])).size, 6);
  });

  it("hold the endpoints' addresses of their zone only", () => {
    const batches = zoneBatches(platform);
    const of = (letter: string): string => batches.find(({ namespace }) => namespace.endsWith(`zone-${letter}`))?.commands.join("\n") ?? "";
    assert.match(of("a"), /10\.0\.0\.250/);
    assert.doesNotMatch(of("b"), /10\.0\.0\.250/);
  });

  it("take a host with its address and the subnet's gateway", () => {
    const commands = hostBatches(platform, host("edge-1")).flatMap((batch) => batch.commands);
    assert.ok(commands.includes("address add 10.0.0.11/24 dev eth0"));
    assert.ok(commands.includes("route add default via 10.0.0.1"));
  });

  it("refuse a host of a zone without a subnet", () => {
    assert.throws(() => hostBatches(platform, host("edge-9", { zone: "us-east-1z" })), /edge-9: its zone us-east-1z/);
  });

  it("lose a share of the packets between them, in thousandths", () => {
    assert.match(JSON.stringify(lossRuleset(1.5)), /"mod":1000[^}]*\}\},"right":15/);
  });
});
