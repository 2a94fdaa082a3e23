import { randomUUID } from "node:crypto";

/** What AWS answers instead of doing it: an error code and a message, as its API names them. */
export class Refusal extends Error {
  public constructor(
    public readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The error as the real provider prints it, e.g. `creating EC2 Subnet: operation error EC2: CreateSubnet, ... api error InvalidSubnet.Conflict: ...`. */
export function providerError(doing: string, noun: string, api: string, call: string, refusal: Refusal): Error {
  return new Error(
    `${doing} ${noun}: operation error ${api}: ${call}, https response error StatusCode: 400, RequestID: ${randomUUID()}, api error ${refusal.code}: ${refusal.message}`,
  );
}
