type Level = "info" | "warn" | "error";

/** One JSON line on standard output; none at all with LOG_LEVEL=silent. */
export function log(level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  if (process.env["LOG_LEVEL"] === "silent") return;
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** An error in one line: what the database, a socket or a service said. */
export function reason(fault: unknown): string {
  if (fault instanceof AggregateError) return fault.errors.map(reason).join("; ");
  return fault instanceof Error ? fault.message : String(fault);
}
