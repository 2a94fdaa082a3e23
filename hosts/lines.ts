/** Lines of a file in a line format; nested lists are flattened, and the file ends with a newline. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.flat().join("\n")}\n`;
}

/** One variable of a systemd EnvironmentFile. */
export function environmentLine(name: string, value: string): string {
  return `${name}="${value.replace(/["\\$`]/g, "\\$&")}"`;
}
