import assert from "node:assert/strict";
import { readEvidence } from "../../policies/evidence";
import { promisePage, shortPromise } from "../../lab/promiseText";
import { assumptions } from "../../sla/assumptions";
import { promiseOf } from "../../sla/promise";
import { goodBlueprint, managedBlueprint } from "../fixtures/good";

const own = { primary: goodBlueprint(), standby: null };
const managed = { primary: managedBlueprint({ level: 2 }), standby: null };

describe("the page of make promise", () => {
  const page = promisePage("level1", promiseOf(own, { evidence: readEvidence() }));

  it("says of every class how long, what is lost and what was measured, and of every journey how often it is served", () => {
    const promised = promiseOf(own);
    for (const { what } of promised.classes) assert.ok(page.includes(` ${what} `), what);
    for (const { what } of promised.journeys) assert.match(page, new RegExp(`${what} .*99\\.9\\d\\d % `), what);
    assert.match(page, /Redis primary .* 3\.8 s .* 5 s .* trials .* formula .* jobs: 4 s .* yes/);
    assert.match(page, /for clients, not jobs, \d+ trials/);
  });

  it("says what is not promised and why, and all that it rests on", () => {
    assert.match(page, /the whole region \(time, rows, jobs, objects\): one region, and no backup outside it is built/);
    for (const { what } of Object.values(assumptions)) assert.ok(page.includes(`  ${what}: `), what);
  });

  it("tells AWS's part from the measured one, and shows no figure where none was measured", () => {
    assert.match(promisePage("level2", promiseOf(managed, { evidence: readEvidence() })), /after AWS's part, \d+ trials/);
    assert.doesNotMatch(promisePage("level1", promiseOf(own)), /trials/);
  });

  it("shows a broken objective as such", () => {
    const slow = { primary: goodBlueprint({ redisDownAfterMilliseconds: 3000 }), standby: null };
    assert.match(promisePage("level1", promiseOf(slow)), /Redis primary .*│ NO /);
  });

  it("has a cost when it is given one", () => {
    assert.match(page, /Cost: a price is not known/);
    assert.match(
      promisePage("level1", promiseOf(own, { cost: { monthlyUsd: 812.4, maximumMonthlyUsd: 900, pricesAsOf: "2025-06" } })),
      /\$812 a month, \$900 with every group at its most/,
    );
  });

  it("is short where make up ends: classes, the least served journey, and where the rest is", () => {
    const short = shortPromise("level2", promiseOf(managed));
    assert.ok(short.split("\n").length < 20);
    assert.match(short, /served at least 99\.95\d % of the time \(data item upload\)/);
    assert.match(short, /make promise STACK=level2/);
  });
});
