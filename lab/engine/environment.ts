import { join } from "node:path";

/** The lab keeps no real secret; a stack's state is encrypted all the same, as it would be anywhere. */
const passphrase = "embedded-cloud";

/** Where a lab's home has what. */
export function homeLayout(home: string): Record<"pulumiHome" | "backend" | "record" | "config" | "init" | "values", string> {
  return {
    pulumiHome: join(home, "pulumi"),
    backend: join(home, "backend"),
    record: join(home, "cloud.json"),
    config: join(home, "config"),
    init: join(home, "init"),
    values: join(home, "values"),
  };
}

/** Environment of the engine on the embedded cloud: a home, backend and plugins of its own, and nothing that asks the network. */
export function labEnvironment(home: string, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const layout = homeLayout(home);
  const ownPassphrase = base["PULUMI_CONFIG_PASSPHRASE"] ?? (base["PULUMI_CONFIG_PASSPHRASE_FILE"] === undefined ? passphrase : undefined);
  return {
    ...base,
    PULUMI_HOME: layout.pulumiHome,
    PULUMI_BACKEND_URL: `file://${layout.backend}`,
    ...(ownPassphrase === undefined ? {} : { PULUMI_CONFIG_PASSPHRASE: ownPassphrase }),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    // Unchanged resources are compared side by side, and the engine, which lives for seconds, does not stop to collect garbage.
    PULUMI_PARALLEL_DIFF: "true",
    GOGC: "off",
    GOMEMLIMIT: "1GiB",
  };
}

/** By what the engine finds the providers that the embedded cloud serves: it attaches to each instead of starting a plugin. */
export function attachTo(ports: Readonly<Record<string, number>>): NodeJS.ProcessEnv {
  const pairs = Object.entries(ports).map(([name, port]) => `${name}:${String(port)}`);
  return { PULUMI_DEBUG_PROVIDERS: pairs.join(",") };
}
