import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { costDocument } from "../../../sla/cost";
import { baseUsd, guideTables, guideUsd, sameScopeUsd } from "../../../sla/cost/guide";
import { operationsUsd, returns } from "../../../sla/cost/roi";
import { pricedStacks } from "./stacks";
import { costFile, costText } from "./writeCost";

describe("docs/cost.md", function () {
  this.timeout(300_000);

  it("is what the resources of the stack files cost (npx tsx tests/sla/cost/writeCost.ts)", async () => {
    assert.equal(readFileSync(costFile, "utf8"), await costText());
  });

  it("is refused without a stack that the guide is compared with", async () => {
    const [first] = await pricedStacks();
    assert.ok(first);
    assert.throws(() => costDocument([first]), /needed every stack/);
  });
});

describe("the guide's cost tables", () => {
  it("have the sums that the guide gives them", () => {
    assert.deepEqual(
      guideTables.map((one) => guideUsd(one)),
      [806, 1070, 1526, 1656, 4360],
    );
    assert.equal(baseUsd, 110);
  });

  for (const one of guideTables)
    it(`${one.title}: the same scope is not above the guide, and a line that is says so`, () => {
      assert.ok(one.lines.reduce((sum, line) => sum + sameScopeUsd(line), 0) <= guideUsd(one));
      for (const line of one.lines)
        assert.ok(sameScopeUsd(line) <= line.guideUsd || /rounds down|above:|both zones/.test(line.why), `${line.what}: ${line.why}`);
    });

  it("price t3.large at its list price", () => {
    const [api] = guideTables[0]?.lines ?? [];
    assert.ok(api);
    assert.equal(sameScopeUsd(api).toFixed(2), "121.47");
  });
});

describe("whether a level pays", () => {
  it("is what the audit computed of the guide's costs", () => {
    const [single, one, two, three] = returns([
      { name: "single", availability: 0.995, monthlyUsd: 110 },
      { name: "1", availability: 0.999, monthlyUsd: 1070 },
      { name: "2", availability: 0.9995, monthlyUsd: 1656 },
      { name: "3", availability: 0.9999, monthlyUsd: 4360 },
    ]);
    assert.deepEqual(
      [single, one, two, three].map((rung) => rung?.downHours.toFixed(2)),
      ["43.80", "8.76", "4.38", "0.88"],
    );
    assert.deepEqual(
      [one, two, three].map((rung) => [Math.round(rung?.step?.savedUsd ?? 0), rung?.step?.costUsd]),
      [
        [35_040, 11_520],
        [4380, 7032],
        [3504, 32_448],
      ],
    );
    assert.equal(Math.round(three?.step?.breakEvenUsdPerHour ?? 0), 9260);
    assert.equal(single?.step, null);
  });

  it("leaves out people, whose sums are the guide's", () => {
    assert.deepEqual(operationsUsd, { least: 18_500, most: 25_000 });
  });
});
