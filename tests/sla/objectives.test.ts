import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { failureClasses, objectiveOf, objectives, type FailureClass } from "../../sla/objectives";

const levels = [1, 2, 3] as const;
const hostings = ["selfHosted", "managed"] as const;

describe("objectives", () => {
  it("are typed in their own file, which reads neither the table of levels nor a blueprint", () => {
    const source = readFileSync(join(__dirname, "../../sla/objectives.ts"), "utf8");
    const imports = [...source.matchAll(/^import (.*) from/gm)].map(([, what]) => what);
    assert.deepEqual(imports, ["type { Hosting, Level }"]);
  });

  it("are no worse at a higher level", () => {
    for (const hosting of hostings)
      for (const failure of Object.keys(objectives[hosting]) as FailureClass[]) {
        const times = levels.map((level) => objectiveOf(level, hosting, failure)?.rtoSeconds ?? NaN);
        assert.deepEqual(
          times,
          [...times].sort((a, b) => b - a),
          `${hosting} ${failure}`,
        );
      }
  });

  it("allow no loss of rows within a region", () => {
    for (const hosting of hostings)
      for (const level of levels)
        for (const failure of Object.keys(failureClasses) as FailureClass[])
          if (failure !== "region" && failure !== "corruption") assert.equal(objectiveOf(level, hosting, failure)?.rpoSeconds.database ?? 0, 0, failure);
  });

  it("know an edge host and a host of objects on own hosts only", () => {
    assert.deepEqual([objectiveOf(1, "managed", "edgeHost"), objectiveOf(1, "managed", "objectsHost")], [undefined, undefined]);
    assert.ok(objectiveOf(1, "selfHosted", "edgeHost") !== undefined);
  });
});
