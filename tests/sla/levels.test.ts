import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { goodBlueprint, level2Overrides, managedBlueprint } from "../fixtures/good";
import { levelsDocument } from "../../sla/levels";
import { levelsFile, levelsText, pictures, plans } from "./writeLevels";

describe("docs/levels.md", () => {
  it("is what the blueprints say (npx tsx tests/sla/writeLevels.ts)", () => {
    assert.equal(readFileSync(levelsFile, "utf8"), levelsText());
  });

  it("counts what a lost zone leaves, and says what a step to the next level adds", () => {
    const text = levelsDocument(
      [goodBlueprint(), goodBlueprint(level2Overrides), managedBlueprint({ level: 2 })].map((blueprint) => ({ blueprint, picture: "x.svg" })),
    );
    assert.match(text, /API: payment-service, upload-api \| 1 of 2 \| 4 of 6 \| 4 of 6, until/);
    assert.match(text, /Aurora 17/);
    assert.match(text, /Level 2 to 3 on own hosts adds the second region/);
  });

  it("has a picture of each level and hosting, with every host and every group in it", async () => {
    const drawn = await pictures();
    assert.equal(drawn.size, plans().size);
    for (const [file, svg] of drawn) assert.equal(readFileSync(file, "utf8"), svg, file);
    for (const [name, { primary }] of plans()) {
      const svg = [...drawn].find(([file]) => file.endsWith(`/${name}.svg`))?.[1] ?? "";
      for (const one of [...primary.hosts, ...primary.groups]) assert.ok(svg.includes(`>${one.name.replaceAll("-", "&#45;")}`), `${name}: ${one.name}`);
    }
  });
});
