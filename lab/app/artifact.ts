import { createHash } from "node:crypto";
import { createReadStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { cached } from "../setup/cache";
import { writeTar, type TarEntry } from "./tar";

/** A tarball as the stack's settings name one: the file and its SHA-256, in hex. */
export interface Artifact {
  file: string;
  sha256: string;
}

/** Packs a tarball once for what it is made of. */
export async function packed(name: string, inputs: readonly string[], entries: () => TarEntry[]): Promise<Artifact> {
  const directory = await cached({
    name,
    inputs,
    make: async (made) => {
      mkdirSync(made, { recursive: true });
      await writeTar(entries(), join(made, `${name}.tar.gz`));
    },
  });
  const file = join(directory, `${name}.tar.gz`);
  const digest = createHash("sha256");
  await pipeline(createReadStream(file), digest);
  return { file, sha256: digest.digest("hex") };
}
