import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { packed, type Artifact } from "./artifact";
import { entriesBelow } from "./tar";
import { releaseTree } from "./tree";

/** What a release does not need where it runs. Types go too: ts-node only strips them from the migrations. */
const leftOut = [
  /\.(md|markdown|map|tsbuildinfo)$/,
  /\.d\.[cm]?ts$/,
  /^node_modules\/(\.bin|\.package-lock\.json|@types)(\/|$)/,
  /^node_modules\/(@[^/]+\/)?[^/]+\/(test|tests|docs|examples?|dist-es|dist-types)\//,
  /^node_modules\/bullmq\/dist\/esm\//,
  /^node_modules\/typescript\/lib\/(?!typescript\.js$)/,
];

/** Whether a file of the tree belongs into the release. */
export function isReleased(path: string): boolean {
  return !leftOut.some((pattern) => pattern.test(path));
}

/** Releases that differ in nothing but this name, which is a file in them: enough to see which one a host runs. */
export type Edition = "first" | "second";

/** Where a release says which edition it is. */
export const editionFile = "EDITION";

/** The release tarball of the reference workload, for the stack keys `releaseUrl` and `releaseSha256`. */
export async function releaseArtifact(edition: Edition): Promise<Artifact> {
  const tree = await releaseTree();
  const marker = join(__dirname, "editions", edition);
  const packing = ["release.ts", "artifact.ts", "tar.ts", `editions/${edition}`].map((file) => readFileSync(join(__dirname, file), "utf8"));
  // The tree's name in the cache is the hash of everything that it was made of.
  return packed("app-release", [basename(tree), ...packing], () => [
    ...[...entriesBelow(tree), ...entriesBelow(join(tree, "node_modules"), "node_modules/")].filter(({ path }) => isReleased(path)),
    { path: editionFile, source: marker, mode: 0o644 },
  ]);
}
