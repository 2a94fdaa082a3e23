import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { makePlan, type Plan } from "../../blueprint";
import { ownConfig, parseSettings } from "../../config/settings";
import { levelsDocument } from "../../sla/levels";
import { pictureOf } from "../../sla/picture";

const root = join(__dirname, "../..");

export const levelsFile = join(root, "docs/levels.md");

/** Every level with each hosting that is built, from the stack files. */
export function plans(): Map<string, Plan> {
  const all = ["level1", "level2", "level3"].flatMap((stack) => {
    const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
    return ["selfHosted", "managed"].map((hosting) => [`${stack}-${hosting}`, makePlan(parseSettings({ ...ownConfig(config), hosting }, stack))] as const);
  });
  return new Map(all);
}

/** The document of the stack files, with each hosting. */
export function levelsText(): string {
  return levelsDocument([...plans()].map(([name, { primary }]) => ({ blueprint: primary, picture: `levels/${name}.svg` })));
}

/** The picture of each, by its file. */
export async function pictures(): Promise<Map<string, string>> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return new Map(
    [...plans()].map(([name, plan]) => [join(dirname(levelsFile), "levels", `${name}.svg`), viz.renderString(pictureOf(plan), { format: "svg" })]),
  );
}

async function write(): Promise<void> {
  writeFileSync(levelsFile, levelsText());
  mkdirSync(join(dirname(levelsFile), "levels"), { recursive: true });
  for (const [file, svg] of await pictures()) writeFileSync(file, svg);
}

if (require.main === module)
  write().catch((fault: unknown) => {
    process.stderr.write(`${String(fault)}\n`);
    process.exitCode = 1;
  });
