import { createHash } from "node:crypto";

/** Identity of a data item: base64url SHA-256 of its bytes, 43 characters. */
export function dataItemId(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

/** Whether a text can be such an identity. */
export function isDataItemId(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}
