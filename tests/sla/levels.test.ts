import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { goodBlueprint, level2Overrides, managedBlueprint } from "../fixtures/good";
import { levelsDocument } from "../../sla/levels";
import { levelsFile, levelsText } from "./writeLevels";

describe("docs/levels.md", () => {
  it("is what the blueprints say (npx tsx tests/sla/writeLevels.ts)", () => {
    assert.equal(readFileSync(levelsFile, "utf8"), levelsText());
  });

  it("counts what a lost zone leaves, and says what is not built", () => {
    const text = levelsDocument([goodBlueprint(), goodBlueprint(level2Overrides), managedBlueprint({ level: 2 })]);
    assert.match(text, /API: payment-service, upload-api \| 1 of 2 \| 4 of 6 \| 4 of 6, until/);
    assert.match(text, /Aurora 17/);
    assert.match(text, /not built yet/);
  });
});
