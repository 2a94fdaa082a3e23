import { Refusal } from "./fault";

/** Most bytes of user data, before base64 (EC2 user guide). */
const USER_DATA_LIMIT_BYTES = 16_384;

/** Refuses user data that is no base64 or longer than EC2 takes. */
export function checkUserData(encoded: string | undefined): void {
  if (encoded === undefined) return;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.length % 4 !== 0)
    throw new Refusal("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
  const bytes = Buffer.from(encoded, "base64").length;
  if (bytes > USER_DATA_LIMIT_BYTES)
    throw new Refusal("InvalidUserData.Malformed", `User data is limited to ${String(USER_DATA_LIMIT_BYTES)} bytes (given: ${String(bytes)})`);
}
