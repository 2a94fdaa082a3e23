import assert from "node:assert/strict";
import { agreedAvailability } from "../../sla/agreements";
import { assumed, assumptions, secondsPerYear, type Assumed } from "../../sla/assumptions";
import { availabilityOf } from "../../sla/availability";
import { journeys, type JourneyName } from "../../sla/journeys";
import { modelOf, type Model } from "../../sla/model";
import { simulate } from "../../sla/simulation";
import { goodBlueprint, managedBlueprint, minioOverrides } from "../fixtures/good";
import { plans } from "./writeLevels";

const names = Object.keys(journeys) as JourneyName[];

/** Both computations count the time away, which differs by more than the time served does. */
function assertAgree(model: Model, years: number, tolerance: number): void {
  const lived = simulate(model, { seed: 20261127, years });
  for (const name of names) {
    const ratio = (1 - availabilityOf(model, name).availability) / (1 - lived[name]);
    assert.ok(Math.abs(ratio - 1) <= tolerance, `${name}: closed form and simulation differ by ${((ratio - 1) * 100).toFixed(1)} %`);
  }
}

function model(changes: Record<string, unknown> = {}, numbers: Partial<Assumed> = {}): Model {
  return { ...modelOf({ primary: goodBlueprint(changes), standby: null }), assumed: { ...assumed(), ...numbers } };
}

function away(of: Model, name: JourneyName, cause: string): number {
  return availabilityOf(of, name).away.find((one) => one.cause === cause)?.secondsPerYear ?? NaN;
}

describe("availability", () => {
  // 5000 years have some 1500 lost regions, whose number alone varies by 2.6 %.
  for (const [name, plan] of plans())
    it(`${name}: the closed form and the simulation agree within 8 % of the time away`, () => {
      assertAgree(modelOf(plan), 5000, 0.08);
    });

  it("agrees also where machines and zones fail fifty times as often and nothing else does", () => {
    const often = { machineFailuresPerYear: 50, zoneFailuresPerYear: 5, zoneOutageSeconds: 1800, commonCauseShare: 0, regionFailuresPerYear: 0 };
    for (const changes of [{}, { ...minioOverrides }]) {
      const rough = model(changes, often);
      const withoutServices = Object.fromEntries(names.map((name) => [name, { ...rough.journeys[name], services: [] }])) as unknown as Model["journeys"];
      assertAgree({ ...rough, journeys: withoutServices }, 100, 0.08);
    }
  });

  it("agrees where too few machines are left: one host of each role in one zone that fails", () => {
    const rough = model({}, { failoverSuccess: 1, commonCauseShare: 0, regionFailuresPerYear: 0, zoneFailuresPerYear: 3 });
    const alone = Object.fromEntries(
      names.map((name) => [
        name,
        { services: [], parts: rough.journeys[name].parts.map((part) => ({ ...part, zones: ["a"], needed: 1, stops: { machines: 1, seconds: 0, share: 1 } })) },
      ]),
    ) as unknown as Model["journeys"];
    assertAgree({ ...rough, zoneSwitchSeconds: 0, journeys: alone }, 2000, 0.08);
  });

  it("gives the same for the same seed, and not for another", () => {
    const run = (seed: number): unknown => simulate(model(), { seed, years: 50 });
    assert.deepEqual(run(1), run(1));
    assert.notDeepEqual(run(1), run(2));
  });

  it("reaches the guide's figure of the level in every journey", () => {
    const least = { 1: 0.999, 2: 0.9995, 3: 0.9999 };
    for (const [stack, plan] of plans())
      for (const name of names) assert.ok(availabilityOf(modelOf(plan), name).availability >= least[plan.primary.level], `${stack} ${name}`);
  });

  it("is lost where the plan is spoiled, by the cause that it spoils", () => {
    const good = model();
    const slow = model({ vrrpAdvertSeconds: 1 });
    assert.ok(away(slow, "balanceQuery", "failovers") > away(good, "balanceQuery", "failovers"));
    assert.equal(away(slow, "bundlePosting", "failovers"), away(good, "bundlePosting", "failovers"));
    const blueprint = goodBlueprint();
    const oneZone = { ...blueprint, hosts: blueprint.hosts.map((host) => ({ ...host, zone: "us-east-1a" })) };
    const together = modelOf({ primary: oneZone, standby: null });
    assert.ok(away(together, "upload", "too few machines left") > 100 * away(good, "upload", "too few machines left"));
    const single = modelOf({ primary: { ...blueprint, hosts: blueprint.hosts.filter(({ name }) => name !== "edge-2") }, standby: null });
    assert.ok(away(single, "upload", "failovers") > away(good, "upload", "failovers") + 3000, "nobody stands in: a person has to");
    const withoutCommonCause = model({}, { commonCauseShare: 0 });
    assert.equal(away(withoutCommonCause, "upload", "a common cause"), 0);
  });

  it("of level 3 rests on the switch going well", () => {
    const level3 = plans().get("level3-managed");
    assert.ok(level3 !== undefined);
    const whole = modelOf(level3);
    const lone = modelOf({ ...level3, standby: null });
    const never = { ...whole, assumed: { ...whole.assumed, regionSwitchSuccess: 0 } };
    const [good, alone, failing] = [whole, lone, never].map((one) => availabilityOf(one, "upload").availability);
    assert.ok(good !== undefined && good > 0.9999);
    assert.equal(alone, failing);
    assert.ok(alone !== undefined && alone < 0.9999);
  });

  it("by AWS's agreements alone is the audit's: level 1 managed 99.82 %, uploads not needing the cache", () => {
    const agreed = agreedAvailability({ primary: managedBlueprint(), standby: null }, "upload");
    assert.ok(Math.abs(agreed - 0.9999 * 0.9999 * 0.9995 * 0.9999 * 0.999) < 1e-9);
    const own = agreedAvailability({ primary: goodBlueprint(), standby: null }, "balanceQuery");
    // Two edge hosts, two API hosts, three database hosts at 99.5 % each, one of each needed.
    assert.ok(Math.abs(own - (1 - 0.005 ** 2) ** 2 * (1 - 0.005 ** 3)) < 1e-12);
  });

  it("says of every assumption what it is and why", () => {
    for (const [name, { value, what, why }] of Object.entries(assumptions)) assert.ok(value > 0 && what.length > 10 && /\.$/.test(why), name);
    assert.equal(secondsPerYear, 31_536_000);
  });
});
