import assert from "node:assert/strict";
import { costOf, resourcesOfPreview, resourcesOfState, usualUsage, type CostResource } from "../../sla/cost";
import { stackText, succeeded, up, useLab } from "./harness";
import { managedOverrides } from "../fixtures/good";

const lines = (resources: readonly CostResource[]): string[] =>
  costOf(resources, usualUsage("us-east-1"))
    .lines.map((line) => JSON.stringify(line))
    .sort();

describe("the cost of a stack on the real engine", function () {
  this.timeout(180_000);
  const lab = useLab();
  const stack = "level1";

  for (const [hosting, overrides] of [
    ["selfHosted", {}],
    ["managed", { ...managedOverrides, level: 2 }],
  ] as const)
    describe(hosting, () => {
      const own = useLab();

      it("is the same of a preview, of the state that it becomes, and of an unchanged preview", async () => {
        const config = stackText(overrides);
        const preview = ["preview", "--json", "--show-sames", "--non-interactive"];
        await own().ensureStack(stack);
        const before = lines(resourcesOfPreview(await own().json(preview, { stack, config })));
        succeeded(await own().capture(up, { stack, config }));
        const state = lines(resourcesOfState(await own().json(["stack", "export"], { stack })));
        assert.deepEqual(state, before);
        assert.deepEqual(lines(resourcesOfPreview(await own().json(preview, { stack, config }))), before);
      });
    });

  it("is the same at level 3, with what each region makes in the other at that region's prices", async () => {
    const level3 = "level3";
    await lab().ensureStack(level3);
    const before = resourcesOfPreview(await lab().json(["preview", "--json", "--show-sames", "--non-interactive"], { stack: level3 }));
    succeeded(await lab().capture(up, { stack: level3 }));
    const state = resourcesOfState(await lab().json(["stack", "export"], { stack: level3 }));
    assert.deepEqual(lines(state), lines(before));
    assert.deepEqual([...new Set(state.map(({ region }) => region ?? "none"))].sort(), ["none", "us-east-1", "us-west-2"]);
  });
});
