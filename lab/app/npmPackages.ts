import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../setup/cache";
import { SetupFault } from "../setup/fault";
import { runStep } from "../setup/step";

/** npm packages that are not the program's own. */
export interface PackageSet {
  /** Name in the cache. */
  name: string;
  /** What they are and how long fetching them takes. */
  title: string;
  /** Where package.json and package-lock.json are, which pin them by version and hash. */
  directory: string;
}

const files = ["package.json", "package-lock.json"];

/** The `node_modules` of a set, fetched once for this machine. Throws a `SetupFault` when the registry is out of reach. */
export async function npmPackages(set: PackageSet): Promise<string> {
  const directory = await cached({
    name: set.name,
    inputs: [process.platform, process.arch, ...pinnedBy(set.directory)],
    make: async (made, log) => {
      mkdirSync(made, { recursive: true });
      for (const file of files) copyFileSync(join(set.directory, file), join(made, file));
      const argv = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      try {
        await runStep({ title: `Fetching ${set.title}`, program: "npm", argv, directory: made, log });
      } catch (fault) {
        if (!(fault instanceof SetupFault)) throw fault;
        throw new SetupFault(`${set.name}: npm ci failed; see that npm reaches its registry (npm ping) and run this again (log: ${log})`);
      }
    },
  });
  return join(directory, "node_modules");
}

/** The texts that decide what is fetched. */
export function pinnedBy(directory: string): string[] {
  return files.map((file) => readFileSync(join(directory, file), "utf8"));
}
