/** What a process cannot start without: a variable, or one of several. */
export type Requirement = string | readonly string[];

/** A variable's value; an empty one counts as absent, as it does in the application. */
export function value(name: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const found = environment[name];
  return found === "" ? undefined : found;
}

/** A whole number; anything else, also an empty value, gives the default. */
export function integer(name: string, otherwise: number, environment: NodeJS.ProcessEnv = process.env): number {
  const found = Number.parseInt(value(name, environment) ?? "", 10);
  return Number.isNaN(found) ? otherwise : found;
}

/** Throws one error that names everything which is missing. */
export function requireEnvironment(processName: string, requirements: readonly Requirement[], environment: NodeJS.ProcessEnv = process.env): void {
  const missing = requirements
    .map((requirement) => (typeof requirement === "string" ? [requirement] : requirement))
    .filter((names) => names.every((name) => value(name, environment) === undefined))
    .map((names) => names.join(" or "));
  if (missing.length > 0) throw new Error(`${processName}: not set: ${missing.join(", ")}`);
}
