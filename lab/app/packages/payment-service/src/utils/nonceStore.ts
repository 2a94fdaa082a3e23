import { Redis } from "ioredis";
import { integer } from "../../../common/environment";
import { queueConnection } from "../queues/connection";

let client: Redis | undefined;

/**
 * Uses a nonce up; false when it was used before. One command, so two requests cannot both have it. Fails closed: an error,
 * or no answer in 5 s, is thrown.
 */
export async function consumeNonce(nonce: string): Promise<boolean> {
  client ??= new Redis({ ...queueConnection(), maxRetriesPerRequest: 2, commandTimeout: 5_000 });
  return (await client.set(`arns-custody-nonce:${nonce}`, "1", "EX", integer("ARNS_NONCE_TTL_SECONDS", 3_600), "NX")) === "OK";
}
