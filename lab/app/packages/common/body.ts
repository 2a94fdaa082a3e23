import type { IncomingMessage } from "node:http";

/** A body is longer than its route takes. */
export class BodyTooLarge extends Error {}

/** The whole body, at most so many bytes. Throws `BodyTooLarge`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new BodyTooLarge(`body: over ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** A JSON object of at most 1 MiB; an empty body is an empty object. Throws SyntaxError. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = (await readBody(request, 1024 * 1024)).toString("utf8");
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new SyntaxError("body: a JSON object is needed");
  return parsed as Record<string, unknown>;
}
