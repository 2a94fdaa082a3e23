import { constants, createHash, createPrivateKey, sign, verify, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";

/** What the bundler promises for an upload. */
export interface Receipt {
  id: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  winc: string;
  version: string;
  deadlineHeight: number;
}

/** The promise with the key that it is signed by (its modulus) and the signature, both base64url. */
export interface SignedReceipt extends Receipt {
  public: string;
  signature: string;
}

const scheme = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

/** The posting wallet: signs receipts and bundles. */
export class Wallet {
  private readonly key: KeyObject;
  private readonly modulus: string;

  /** Takes an Arweave JSON Web Key, RSA with its private part. */
  constructor(text: string) {
    const jwk = JSON.parse(text) as JsonWebKey;
    this.key = createPrivateKey({ key: jwk, format: "jwk" });
    this.modulus = jwk.n ?? "";
  }

  /** Base64url SHA-256 of the modulus. */
  get address(): string {
    return createHash("sha256").update(Buffer.from(this.modulus, "base64url")).digest("base64url");
  }

  sign(receipt: Receipt): SignedReceipt {
    const signature = sign("sha256", signedBytes(receipt), { key: this.key, ...scheme }).toString("base64url");
    return { ...receipt, public: this.modulus, signature };
  }
}

/** Whether a receipt was signed by the key that it names. */
export function isValidReceipt({ public: n, signature, ...receipt }: SignedReceipt): boolean {
  const key = createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" });
  return verify("sha256", signedBytes(receipt), { key, ...scheme }, Buffer.from(signature, "base64url"));
}

function signedBytes({ id, timestamp, winc, version, deadlineHeight }: Receipt): Buffer {
  return Buffer.from(JSON.stringify({ id, timestamp, winc, version, deadlineHeight }));
}
