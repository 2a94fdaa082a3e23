import { delimiter, join } from "node:path";
import type { Engine } from "./cli";

/** The lab keeps no real secret; a stack's state is encrypted all the same, as it would be anywhere. */
const passphrase = "embedded-cloud";

/** Where a lab's home has what. */
export function homeLayout(home: string): Record<"pulumiHome" | "backend" | "executables" | "record" | "config" | "init", string> {
  return {
    pulumiHome: join(home, "pulumi"),
    backend: join(home, "backend"),
    executables: join(home, "bin"),
    record: join(home, "cloud.json"),
    config: join(home, "config"),
    init: join(home, "init"),
  };
}

/** Environment of the engine on the embedded cloud: a home, backend and plugins of its own, and nothing that asks the network. */
export function labEnvironment(home: string, engine: Engine, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const layout = homeLayout(home);
  const ownPassphrase = base["PULUMI_CONFIG_PASSPHRASE"] ?? (base["PULUMI_CONFIG_PASSPHRASE_FILE"] === undefined ? passphrase : undefined);
  return {
    ...base,
    PATH: engine.languageHost === "own" ? base["PATH"] : [layout.executables, base["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: layout.pulumiHome,
    PULUMI_BACKEND_URL: `file://${layout.backend}`,
    ...(ownPassphrase === undefined ? {} : { PULUMI_CONFIG_PASSPHRASE: ownPassphrase }),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    LAB_CLOUD_STATE: layout.record,
  };
}
