import { looksSecret } from "./secretPatterns";

/** One thing wrong with the stack's config, in a form that tells its reader what to do. */
export interface Fault {
  /** Config key without its namespace. */
  key: string;
  /** What was found, shortened, never a secret. */
  given: string;
  /** What would have been accepted. */
  needed: string;
  /** What to do about it. */
  fix: string;
}

/** Everything that is wrong with the stack's config, in one error: one line a fault. */
export class SettingsFault extends Error {
  readonly faults: readonly Fault[];

  constructor(stack: string, faults: readonly Fault[]) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    super([`Config of stack ${stack} has ${count}; nothing was created.`, ...faults.map(faultLine)].join("\n"));
    this.name = "SettingsFault";
    this.faults = faults;
  }
}

/** `key: given X, needed Y; how to fix`. */
export function faultLine(fault: Fault): string {
  return `${fault.key}: given ${fault.given}, needed ${fault.needed}; ${fault.fix}`;
}

const longestShown = 100;

/** A value as a person may see it: JSON, shortened. What looks like a secret is not repeated, nor what a map's names stand for. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const parsed = structured(value);
  if (parsed !== undefined) return shown(parsed);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return `a map of ${Object.keys(value).join(", ")}`;
  // Pulumi hands numbers over as text; a person wrote 5, not "5".
  const text = typeof value === "string" && /^(-?\d+(\.\d+)?|true|false)$/.test(value) ? value : JSON.stringify(value);
  if (looksSecret(text) || (typeof value === "string" && looksSecret(value))) return "a value that looks like a secret";
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** What a list or a map stands for that Pulumi hands over as JSON text. */
function structured(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
