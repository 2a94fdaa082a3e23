import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../setup/cache";
import { repository } from "../setup/paths";
import { runStep } from "../setup/step";
import { npmPackages, pinnedBy } from "./npmPackages";

/** What of this folder is the release's. */
const parts = ["package.json", "tsconfig.base.json", "tsconfig.json", "packages"];

/**
 * The release as a directory: sources, what the repository's compiler made of them, and its npm packages by a link. It is
 * made only of sources without a fault of type.
 */
export async function releaseTree(): Promise<string> {
  const modules = await npmPackages({
    name: "app-modules",
    title: "the reference workload's npm packages (about 30 s, once on this machine)",
    directory: __dirname,
  });
  const compiler = join(repository, "node_modules/typescript");
  return cached({
    name: "app-tree",
    inputs: [
      readFileSync(__filename, "utf8"),
      ...pinnedBy(__dirname),
      readFileSync(join(compiler, "package.json"), "utf8"),
      ...parts.flatMap((part) => contents(part)),
    ],
    make: async (directory, log) => {
      mkdirSync(directory, { recursive: true });
      for (const part of parts) cpSync(join(__dirname, part), join(directory, part), { recursive: true });
      symlinkSync(modules, join(directory, "node_modules"));
      const argv = [join(compiler, "bin/tsc"), "--build"];
      await runStep({ title: "Compiling the reference workload (about 10 s)", program: process.execPath, argv, directory, log });
    },
  });
}

/** Names and texts of a file, or of all files below a directory, always in the same order. */
function contents(part: string): string[] {
  const path = join(__dirname, part);
  const files = part === "packages" ? readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  const names = files.length === 0 ? [path] : files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return names.flatMap((name) => [name.slice(__dirname.length), readFileSync(name, "utf8")]);
}
