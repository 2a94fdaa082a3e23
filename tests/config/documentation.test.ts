import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationDocument } from "../../config/documentation";

/** A formatter may align the table's columns; that changes nothing. */
function plain(text: string): string[] {
  return text.split("\n").map((line) => line.replace(/ +/g, " ").replace(/-{3,}/g, "---"));
}

describe("docs/configuration.md", () => {
  it("is what the schema says (npx tsx tests/config/writeDocumentation.ts)", () => {
    const file = readFileSync(join(__dirname, "../../docs/configuration.md"), "utf8");
    assert.deepEqual(plain(file), plain(configurationDocument()));
  });
});
