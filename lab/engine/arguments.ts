/** Flags of any Pulumi command that take the next word as their value. */
const valued = new Set(["-C", "--cwd", "-s", "--stack", "--color", "-v", "--verbose", "--tracing", "--profiling"]);

/** Commands that read or write a stack's config, and so take `--config-file`. */
const readsConfig = new Set(["up", "update", "preview", "pre", "refresh", "destroy", "down", "import", "watch", "logs", "config"]);

/** The stack that the words of a command name with `-s` or `--stack`. */
export function namedStack(argv: readonly string[]): string | undefined {
  for (const [index, word] of argv.entries()) {
    if (word === "-s" || word === "--stack") return argv[index + 1];
    const joined = /^(?:--stack=|-s=?)(.+)$/.exec(word)?.[1];
    if (joined !== undefined && !word.startsWith("--s=")) return joined;
  }
  if (subcommand(argv).join(" ") === "stack init") return positional(argv)[2];
  return undefined;
}

/** The first two words that are not flags, e.g. `stack export`. */
export function subcommand(argv: readonly string[]): string[] {
  return positional(argv).slice(0, 2);
}

/** Whether the lab must say where the config is: it keeps its own copy, so that no command writes into the clone's stack file. */
export function needsConfigFile(argv: readonly string[]): boolean {
  const [command] = subcommand(argv);
  return command !== undefined && readsConfig.has(command) && !argv.some((word) => word.startsWith("--config-file") || word === "--help" || word === "-h");
}

function positional(argv: readonly string[]): string[] {
  return argv.filter((word, index) => !word.startsWith("-") && !valued.has(argv[index - 1] ?? ""));
}
