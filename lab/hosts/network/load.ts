import { must } from "../commands";
import type { Batch } from "./links";
import type { Ruleset } from "./nft";

/** Runs `ip` commands in a namespace, all of one batch in one process. */
export async function runBatch(batch: Batch): Promise<void> {
  await must("ip", ["-n", batch.namespace, "-batch", "-"], `${batch.commands.join("\n")}\n`);
}

/** Loads rules into a namespace, in one step. */
export async function loadRuleset(namespace: string, ruleset: Ruleset): Promise<void> {
  // nft opens its standard input by name, which the kernel grants for a shell's pipe and refuses for Node's socket.
  await must("sh", ["-c", 'cat | ip netns exec "$1" nft --json --file -', "sh", namespace], JSON.stringify(ruleset));
}

/** Sets kernel parameters of a namespace. */
export async function setParameters(namespace: string, parameters: Readonly<Record<string, string>>): Promise<void> {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  await must("ip", ["netns", "exec", namespace, "sysctl", "--quiet", "--write", ...words]);
}
