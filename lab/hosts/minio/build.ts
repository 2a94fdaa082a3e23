import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { cached } from "../../setup/cache";
import { SetupFault } from "../../setup/fault";
import { which } from "../../setup/programs";
import { runStep } from "../../setup/step";

/** MinIO built from its Go module, once on this machine: the artifact of objects hosts, and its digest. */
export async function minioArtifact(): Promise<{ file: string; sha256: string }> {
  const [module = "", sums = ""] = ["go.mod", "go.sum"].map((name) => readFileSync(join(__dirname, name), "utf8"));
  const flags = ["-trimpath", "-tags", "kqueue", "-ldflags", "-s -w"];
  const directory = await cached({
    name: "minio",
    inputs: [process.platform, process.arch, module, sums, ...flags],
    make: async (made, log) => {
      if (which("go") === undefined)
        throw new SetupFault("Go: missing on this machine, and MinIO is built with it; install Go 1.24 or later and run this again");
      // The build may complete go.mod and go.sum; it does so in a copy.
      const copy = `${made}.module`;
      mkdirSync(copy, { recursive: true });
      mkdirSync(made, { recursive: true });
      try {
        writeFileSync(join(copy, "go.mod"), module);
        writeFileSync(join(copy, "go.sum"), sums);
        await runStep({
          title: "Building MinIO (some minutes, once on this machine)",
          program: "go",
          argv: ["build", ...flags, "-o", join(made, "minio"), "github.com/minio/minio"],
          directory: copy,
          environment: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod", GOSUMDB: "off", GOTOOLCHAIN: "local", GOWORK: "off" },
          log,
        });
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    },
  });
  const file = join(directory, "minio");
  return { file, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
}
