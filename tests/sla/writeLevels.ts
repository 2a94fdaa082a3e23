import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { makeBlueprint } from "../../blueprint";
import { ownConfig, parseSettings } from "../../config/settings";
import { levelsDocument } from "../../sla/levels";

const root = join(__dirname, "../..");

export const levelsFile = join(root, "docs/levels.md");

/** The document of the stack files, with each hosting. */
export function levelsText(): string {
  const blueprints = ["level1", "level2"].flatMap((stack) => {
    const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
    return ["selfHosted", "managed"].map((hosting) => makeBlueprint(parseSettings({ ...ownConfig(config), hosting }, stack)));
  });
  return levelsDocument(blueprints);
}

if (require.main === module) writeFileSync(levelsFile, levelsText());
