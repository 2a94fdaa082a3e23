import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ESLint } from "eslint";
import { cached } from "../setup/cache";
import { SetupFault } from "../setup/fault";
import { repository } from "../setup/paths";
import { releaseTree } from "./tree";

/**
 * Holds the workload's sources to the repository's own rules, where their packages are. It takes half a minute, so sources
 * that were found clean are not asked again. Throws a `SetupFault` that lists what is wrong.
 */
export async function lintRelease(): Promise<void> {
  const tree = await releaseTree();
  const config = join(repository, "eslint.config.mjs");
  await cached({
    name: "app-lint",
    inputs: [basename(tree), readFileSync(config, "utf8"), readFileSync(join(repository, "package-lock.json"), "utf8")],
    make: async (directory) => {
      // Declarations beside the sources are the compiler's.
      const eslint = new ESLint({ cwd: tree, overrideConfigFile: config, overrideConfig: [{ ignores: ["**/*.d.ts"] }] });
      const results = await eslint.lintFiles(["packages/**/*.ts"]);
      if (results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0)) {
        throw new SetupFault(await (await eslint.loadFormatter("stylish")).format(results));
      }
      mkdirSync(directory);
    },
  });
}
