import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { drills } from "../../../lab/drills";
import { resultsPage } from "../../../lab/drills/page";
import { readResults, recordSchema, verdictOf, type TrialRecord } from "../../../lab/drills/results";
import { spread, summary } from "../../../lab/drills/summary";
import { barsOf } from "../../../lab/drills/timeline";
import { isSteady } from "../../../lab/drills/trial";
import type { Sent } from "../../../lab/load/plan";
import { repository } from "../../../lab/setup/paths";
import { evidenceOf } from "../../../sla/drillRecords";
import { recoveryBound } from "../../../sla/recovery";
import { goodBlueprint } from "../../fixtures/good";

const record: TrialRecord = {
  drill: "patroni-killed",
  date: "2026-11-26T00:00:00.000Z",
  versions: { patroni: "4" },
  gapSeconds: 0.2,
  boundSeconds: 1,
  acknowledged: 200,
  acknowledgedLost: 0,
  allowedLost: 0,
  duplicatedEffects: 0,
  jobsFailed: 0,
  failedIdempotentRequests: 0,
  failedOtherRequests: 0,
  inFlightRequests: 1,
  wholeAfterSeconds: 9,
  events: [{ seconds: 0, what: "killed" }],
  passed: true,
  broken: [],
};

describe("the verdict on a trial", () => {
  const tooLong: TrialRecord = { ...record, gapSeconds: 1.4, idleShare: 0.4, passed: false, broken: ["gap 1.40 s, promised 1 s"] };

  it("is that the promise was kept, or broken", () => {
    assert.equal(verdictOf(record), "kept");
    assert.equal(verdictOf(tooLong), "broken");
  });

  it("is that nothing was measured where only the seconds were too many and the machine had no rest", () => {
    assert.equal(verdictOf({ ...tooLong, idleShare: 0.24 }), "unmeasured");
    assert.equal(verdictOf({ ...tooLong, idleShare: 0.25 }), "broken");
  });

  it("is broken on any machine by what was lost, with or without the seconds", () => {
    const lost = "1 acknowledged and lost, promised at most 0: upload x";
    assert.equal(verdictOf({ ...tooLong, idleShare: 0, broken: [...tooLong.broken, lost] }), "broken");
    assert.equal(verdictOf({ ...record, idleShare: 0, passed: false, acknowledgedLost: 1, broken: [lost] }), "broken");
  });
});

describe("drills", () => {
  it("are one failure a file, named after it, and every file is one of them", () => {
    const files = readdirSync(join(repository, "lab/drills/failures")).map((name) => name.replace(/\.ts$/, ""));
    const names = drills.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    // What several drills of one part share has the part's name in the plural.
    assert.deepEqual(files.filter((file) => !names.includes(file)).sort(), ["databases", "edges", "redises"]);
    assert.deepEqual(
      names.filter((name) => !files.includes(name)),
      [],
    );
  });

  it("have a bound from the blueprint, something that they measure, and a sentence", () => {
    for (const drill of drills) {
      assert.ok(recoveryBound(goodBlueprint(), drill.failure).seconds > 0, drill.name);
      assert.ok(drill.measures.length > 0 && /^\S.+\.$/.test(drill.breaks), drill.name);
    }
  });

  it("have a core that breaks every part of the platform once", () => {
    const core = drills.filter((drill) => drill.core === true).map(({ name }) => name);
    for (const name of ["database-primary-host-lost", "queues-master-host-lost", "edge-host-lost", "api-host-lost", "worker-host-lost", "zone-lost"])
      assert.ok(core.includes(name), name);
  });
});

describe("drill results", () => {
  it("that are committed are whole records of drills that exist", () => {
    const names = new Set(drills.map(({ name }) => name));
    for (const one of readResults(join(repository, "docs/drills/results.json"))) {
      assert.ok(names.has(one.drill), one.drill);
      assert.equal(one.passed, one.broken.length === 0);
      assert.ok(!one.passed || (one.gapSeconds <= one.boundSeconds && one.acknowledgedLost <= one.allowedLost), `${one.drill} ${one.date}`);
    }
  });

  it("are refused with a field too much or too few", () => {
    assert.ok(recordSchema.safeParse(record).success);
    assert.ok(!recordSchema.safeParse({ ...record, mood: "good" }).success);
    assert.ok(!recordSchema.safeParse({ ...record, boundSeconds: undefined }).success);
  });

  it("are summed up by drill", () => {
    assert.deepEqual(spread([3, 1, 2]), [1, 2, 3]);
    const text = summary([record, { ...record, gapSeconds: 0.9, passed: false, broken: ["x"] }]);
    assert.match(text, /patroni-killed.*0\.20 \/ 0\.90 \/ 0\.90.*1\/2/);
  });

  it("become a page with a row, the waits of the promise, and what was broken", () => {
    const page = resultsPage(goodBlueprint(), drills, [record, { ...record, passed: false, broken: ["gap 2 s"] }], new Set(["patroni-killed"]));
    assert.match(page, /\| \[patroni-killed\]\(#patroni-killed\) \| 2 \|/);
    assert.match(page, /## patroni-killed/);
    assert.match(page, /!\[.*\]\(patroni-killed\.svg\)/);
    assert.match(page, /broken: gap 2 s/);
    assert.doesNotMatch(page, /## zone-lost/);
  });

  it("of an earlier design are shown with what was changed, and are no trials any more", () => {
    const old = { ...record, gapSeconds: 9, passed: false, broken: ["gap 9 s"], superseded: "it listens now" };
    const page = resultsPage(goodBlueprint(), drills, [old, record], new Set());
    assert.match(page, /\| \[patroni-killed\]\(#patroni-killed\) \| 1 \| 0\.20 /);
    assert.match(page, /broken, before this: it listens now: gap 9 s/);
    const [evidence] = evidenceOf("selfHosted", [old, record]);
    assert.deepEqual([evidence?.trials, evidence?.worstSeconds, evidence?.broken], [1, 0.2, 0]);
  });
});

describe("a drill's picture and its end", () => {
  const sent = (endedAt: number, status: number): Sent => ({ kind: "info", sentAt: endedAt - 10, endedAt, status, id: "", winc: 0, error: "" });

  it("has a bar for each outcome of a tenth of a second, since the failure", () => {
    const bars = barsOf([sent(10_020, 200), sent(10_040, 200), sent(10_050, 0), sent(9_000, 200), sent(90_000, 200)], 10_000, 5);
    assert.deepEqual(bars, [
      { seconds: -1, outcome: "answered", requests: 1 },
      { seconds: 0, outcome: "answered", requests: 2 },
      { seconds: 0, outcome: "failed", requests: 1 },
    ]);
  });

  it("comes when clients were served for four seconds without a failure, all after it", () => {
    const served = Array.from({ length: 60 }, (_, index) => sent(10_000 + index * 100, 200));
    assert.ok(isSteady(served, ["info"], 10_000, 15_000));
    assert.ok(!isSteady(served, ["info"], 12_000, 15_000), "too early after the failure");
    assert.ok(!isSteady([...served, sent(14_000, 503)], ["info"], 10_000, 15_000), "one failed");
    assert.ok(!isSteady(served, ["info", "topUp"], 10_000, 15_000), "one kind is not served");
  });
});
