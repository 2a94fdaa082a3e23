/**
 * The one place where config text becomes values.
 *
 * Pulumi hands every scalar over as text and every list or map as JSON text; a test or a YAML reader hands over the
 * values themselves. Both mean the same. What is not understood is returned as it is, so that the schema refuses it.
 */

/** A number, or text that is exactly one. */
export function asNumber(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

/** A boolean, or `true` or `false` as text. */
export function asBoolean(value: unknown): unknown {
  if (value === "true") return true;
  if (value === "false") return false;
  return value;
}

/** Text; YAML may have read digits as a number. */
export function asText(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

/** A list, or the JSON text of one. */
export function asList(value: unknown): unknown {
  return typeof value === "string" && value.trim().startsWith("[") ? fromJson(value) : value;
}

/** A map of texts, or the JSON text of one; numbers and booleans in it become text. */
export function asTextMap(value: unknown): unknown {
  const map = typeof value === "string" && value.trim().startsWith("{") ? fromJson(value) : value;
  if (typeof map !== "object" || map === null || Array.isArray(map)) return map;
  return Object.fromEntries(
    Object.entries(map).map(([name, item]: [string, unknown]) => [name, typeof item === "number" || typeof item === "boolean" ? String(item) : item]),
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
