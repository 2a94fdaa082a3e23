import { generateKeyPairSync } from "node:crypto";
import { certify, type Certified } from "./authority";

/** What the lab fills into the secrets that on AWS only the operator can fill, by the last part of each name. */
export async function operatorValues(authority: Certified, domain: string): Promise<Record<string, string>> {
  const edge = await certify(authority, [domain]);
  return {
    wallet: newWallet(),
    "raw-data-item-wallet": newWallet(),
    "application-external": JSON.stringify({ STRIPE_SECRET_KEY: "sk_test_lab" }),
    "edge-certificate": `${edge.certificate}${authority.certificate}${edge.privateKey}`,
  };
}

/** An Arweave wallet: an RSA key as JSON Web Key. Half as long as real ones, which take seconds to make. */
function newWallet(): string {
  return JSON.stringify(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }));
}
