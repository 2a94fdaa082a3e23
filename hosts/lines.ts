/** Lines of a file that is no structured format; nested arrays are flattened, and the last line is ended. */
export type Lines = readonly (string | Lines)[];

/** Joins lines into a file's content. */
export function lines(...given: Lines): string {
  const flat = (some: Lines): string[] => some.flatMap((one) => (typeof one === "string" ? [one] : flat(one)));
  return `${flat(given).join("\n")}\n`;
}

/** Lines set in by two blanks, below the heading that they belong to. */
export function section(heading: string, ...body: Lines): Lines {
  return [heading, ...lines(...body).trimEnd().split("\n").map((line) => `  ${line}`), ""];
}
