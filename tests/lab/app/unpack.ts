import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../../lab/setup/paths";
import { capture } from "../../../lab/setup/process";
import { needPrograms } from "../../../lab/setup/programs";

const program =
  "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[1]); import bundler_artifacts; bundler_artifacts.unpack(*sys.argv[2:])";

/** Unpacks an archive with the program that hosts unpack theirs with. */
export async function unpack(archive: string, destination: string): Promise<void> {
  await needPrograms([{ program: "python3", debianPackage: "python3" }]);
  const { status, stderr } = await capture("python3", ["-c", program, join(repository, "hosts/base"), archive, destination]);
  assert.equal(status, 0, stderr);
}
