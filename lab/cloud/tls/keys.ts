import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { LocalModel } from "../local";
import { number, oneOf, text } from "../model";
import { integerAt, mustText, textAt } from "../properties";
import { opensshForms } from "./openssh";

const generate = promisify(generateKeyPair);

const CURVES: Record<string, string> = { P256: "P-256", P384: "P-384", P521: "P-521" };

async function newKey(algorithm: string, curve: string, rsaBits: number): Promise<KeyObject> {
  if (algorithm === "RSA") return (await generate("rsa", { modulusLength: rsaBits })).privateKey;
  if (algorithm === "ECDSA") return (await generate("ec", { namedCurve: CURVES[curve] ?? "" })).privateKey;
  return (await generate("ed25519")).privateKey;
}

/** A new key pair. The real provider's default curve is P224; certificates here need one of the curves that browsers know. */
export const privateKey: LocalModel = {
  type: "tls:index/privateKey:PrivateKey",
  inputs: {
    algorithm: text({ required: true, replaces: true, rule: oneOf("RSA", "ECDSA", "ED25519") }),
    ecdsaCurve: text({ default: "P224", replaces: true, rule: oneOf("P224", ...Object.keys(CURVES)) }),
    rsaBits: number({
      default: 2048,
      replaces: true,
      rule: (bits) => (Number.isInteger(bits) && bits >= 1024 && bits <= 8192 ? undefined : `expected 1024 to 8192 bits, got ${String(bits)}`),
    }),
  },
  outputs: [
    "privateKeyOpenssh",
    "privateKeyPem",
    "privateKeyPemPkcs8",
    "publicKeyFingerprintMd5",
    "publicKeyFingerprintSha256",
    "publicKeyOpenssh",
    "publicKeyPem",
  ],
  rule: (inputs) =>
    inputs["algorithm"] === "ECDSA" && inputs["ecdsaCurve"] === "P224"
      ? [{ property: "ecdsaCurve", reason: "the embedded cloud does not model P224 (the real provider's default): set P256, P384 or P521" }]
      : [],
  make: async (inputs) => {
    const algorithm = mustText(inputs, "algorithm");
    const key = await newKey(algorithm, textAt(inputs, "ecdsaCurve") ?? "", integerAt(inputs, "rsaBits") ?? 2048);
    const pkcs8 = key.export({ type: "pkcs8", format: "pem" }).toString();
    const traditional =
      algorithm === "RSA" ? key.export({ type: "pkcs1", format: "pem" }) : algorithm === "ECDSA" ? key.export({ type: "sec1", format: "pem" }) : pkcs8;
    const publicKeyPem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
    return {
      id: createHash("sha1").update(publicKeyPem).digest("hex"),
      properties: { privateKeyPem: traditional.toString(), privateKeyPemPkcs8: pkcs8, publicKeyPem, ...opensshForms(key) },
    };
  },
};

/** A private key's algorithm as the provider names it, and as Web Crypto signs with it. */
export interface Signing {
  keyAlgorithm: "RSA" | "ECDSA" | "ED25519";
  algorithm: { name: string; namedCurve: string; hash: string };
  pkcs8: Buffer;
  spki: Buffer;
}

const HASHES: Record<string, string> = { "P-256": "SHA-256", "P-384": "SHA-384", "P-521": "SHA-512" };

/** Reads a private key in any PEM form. Throws on text that is none. */
export function signingOf(pem: string): Signing {
  const key = createPrivateKey(pem);
  const curve = key.asymmetricKeyType === "ec" ? (key.export({ format: "jwk" }).crv ?? "") : "";
  const forms = { pkcs8: key.export({ type: "pkcs8", format: "der" }), spki: createPublicKey(key).export({ type: "spki", format: "der" }) };
  switch (key.asymmetricKeyType) {
    case "rsa":
      return { keyAlgorithm: "RSA", algorithm: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", namedCurve: "" }, ...forms };
    case "ec":
      return { keyAlgorithm: "ECDSA", algorithm: { name: "ECDSA", namedCurve: curve, hash: HASHES[curve] ?? "SHA-256" }, ...forms };
    case "ed25519":
      return { keyAlgorithm: "ED25519", algorithm: { name: "Ed25519", namedCurve: "", hash: "" }, ...forms };
    default:
      throw new Error(`private key of type ${String(key.asymmetricKeyType)}: the embedded cloud has RSA, ECDSA and ED25519`);
  }
}
