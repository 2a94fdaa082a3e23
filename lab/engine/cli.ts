import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cached } from "../setup/cache";
import { SetupFault } from "../setup/fault";
import { capture } from "../setup/process";
import { which } from "../setup/programs";
import { runStep } from "../setup/step";
import { builtVersion, isAtLeast, oldestVersion } from "./version";

/** The Pulumi CLI and whose language host starts the program. */
export interface Engine {
  executable: string;
  /** `own`: the installation brings one. `lab`: lab/engine/language stands in for it. */
  languageHost: "own" | "lab";
}

/** The installed Pulumi when it is new enough and complete; otherwise one built from its Go modules, once on this machine. */
export async function findEngine(): Promise<Engine> {
  return (await installedEngine()) ?? { executable: join(await builtEngine(), "pulumi"), languageHost: "lab" };
}

/** The Pulumi on a PATH, unless it is too old or its language host is not beside it. */
export async function installedEngine(path = process.env["PATH"] ?? ""): Promise<Engine | undefined> {
  const executable = which("pulumi", path);
  if (executable === undefined) return undefined;
  // Beside it, not just on PATH: the lab has the engine ignore plugins on PATH, so that no real provider is found there.
  if (!existsSync(join(dirname(realpathSync(executable)), "pulumi-language-nodejs"))) return undefined;
  const { status, stdout } = await capture(executable, ["version"], { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
  return status === 0 && isAtLeast(stdout, oldestVersion) ? { executable, languageHost: "own" } : undefined;
}

async function builtEngine(): Promise<string> {
  const sources = join(__dirname, "cli");
  const [module, sums] = ["go.mod", "go.sum"].map((name) => readFileSync(join(sources, name), "utf8"));
  const flags = [
    "-trimpath",
    "-tags",
    "osusergo,grpcnotrace",
    "-ldflags",
    `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${builtVersion}`,
  ];
  return cached({
    name: "pulumi",
    inputs: [builtVersion, process.platform, process.arch, module ?? "", sums ?? "", ...flags],
    make: async (directory, log) => {
      if (which("go") === undefined) {
        throw new SetupFault("Go: missing on this machine, and so is Pulumi; install Go 1.26 or later (or Pulumi 3.249 or later) and run this again");
      }
      // The build may complete go.mod and go.sum; it does so in a copy.
      const copy = `${directory}.module`;
      mkdirSync(copy, { recursive: true });
      mkdirSync(directory, { recursive: true });
      try {
        writeFileSync(join(copy, "go.mod"), module ?? "");
        writeFileSync(join(copy, "go.sum"), sums ?? "");
        await runStep({
          title: `Building the Pulumi CLI ${builtVersion} (about 3 minutes, once on this machine)`,
          program: "go",
          argv: ["build", "-v", ...flags, "-o", join(directory, "pulumi"), "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
          directory: copy,
          // go.sum is in the repository and is checked; the public checksum database need not be reachable.
          environment: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod", GOSUMDB: "off", GOTOOLCHAIN: "local", GOWORK: "off" },
          log,
        });
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    },
  });
}
