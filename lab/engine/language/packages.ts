import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** An npm package that a program depends on directly. */
export interface Dependency {
  name: string;
  version: string;
  /** Name of the provider plugin that goes with it, of the same version. */
  plugin?: string;
}

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  pulumi?: { resource?: boolean; name?: string };
}

/** The direct dependencies of the package that a program belongs to, as installed. None where there is no package.json. */
export function dependenciesOf(directory: string): Dependency[] {
  const file = manifestAbove(directory);
  if (file === undefined) return [];
  const resolve = createRequire(file);
  return Object.keys(readManifest(file).dependencies ?? {}).flatMap((name) => {
    const installed = installedManifest(resolve, name);
    if (installed?.version === undefined) return [];
    const plugin = installed.pulumi?.resource === true ? (installed.pulumi.name ?? name.replace("@pulumi/", "")) : undefined;
    return [{ name, version: installed.version, ...(plugin === undefined ? {} : { plugin }) }];
  });
}

function installedManifest(resolve: NodeJS.Require, name: string): Manifest | undefined {
  for (const directory of resolve.resolve.paths(name) ?? []) {
    try {
      return readManifest(join(directory, name, "package.json"));
    } catch {
      // Not in this node_modules: the next one up has it, or it is not installed.
    }
  }
  return undefined;
}

function manifestAbove(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    try {
      readManifest(file);
      return file;
    } catch {
      if (dirname(folder) === folder) return undefined;
    }
  }
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
