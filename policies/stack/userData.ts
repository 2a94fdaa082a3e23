import { gunzipSync } from "node:zlib";

/** User data as text, which cloud-init takes plain or compressed. Throws when it is broken. */
export function userDataText(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (compressed ? gunzipSync(bytes) : bytes).toString("utf8");
}
