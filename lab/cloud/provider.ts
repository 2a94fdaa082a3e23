/** Entry of a provider process: `provider.ts aws|random|tls`. Prints the port it serves on, as the engine expects of a plugin. */
import { createRequire } from "node:module";
import type { CloudPackage } from "./package";
import { serve } from "./server";

// Only the models of the asked package are loaded: an engine waits for each provider's start.
const load = createRequire(__filename);

/** How often an orphaned provider looks for its engine. */
const ORPHAN_CHECK_MILLISECONDS = 2000;

function packageOf(name: string | undefined): CloudPackage {
  switch (name) {
    case "aws": {
      const { AwsPackage } = load("./aws") as typeof import("./aws");
      const { RecordFile } = load("./recordFile") as typeof import("./recordFile");
      const path = process.env["LAB_CLOUD_STATE"];
      if (path === undefined || path === "") throw new Error("LAB_CLOUD_STATE is not set: give the path of the embedded cloud's record");
      return new AwsPackage(new RecordFile(path));
    }
    case "random":
    case "tls": {
      const { LocalPackage } = load("./local") as typeof import("./local");
      if (name === "random") return new LocalPackage((load("./random") as typeof import("./random")).randomModels);
      return new LocalPackage((load("./tls") as typeof import("./tls")).tlsModels);
    }
    default:
      throw new Error(`provider ${String(name)}: the embedded cloud has aws, random and tls`);
  }
}

async function main(): Promise<void> {
  const { port } = await serve(packageOf(process.argv[2]), process.env["LAB_CLOUD_VERSION"] ?? "0.0.0");
  process.stdout.write(`${String(port)}\n`);
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(0);
  }, ORPHAN_CHECK_MILLISECONDS).unref();
}

main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
});
