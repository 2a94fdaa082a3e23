import { createHash, randomBytes, type KeyObject } from "node:crypto";

const CURVES: Record<string, string> = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

interface Parts {
  name: string;
  /** Fields of the public key after its name (RFC 4253, 5656, 8709). */
  shared: Buffer[];
  /** Fields of the private key after its name (PROTOCOL.key of OpenSSH). */
  secret: Buffer[];
}

/** The forms of a key that OpenSSH uses, as the tls provider outputs them. */
export interface OpensshForms {
  publicKeyOpenssh: string;
  privateKeyOpenssh: string;
  publicKeyFingerprintMd5: string;
  publicKeyFingerprintSha256: string;
}

/** Writes a private key in OpenSSH's forms. */
export function opensshForms(key: KeyObject): OpensshForms {
  const parts = partsOf(key);
  const blob = join([Buffer.from(parts.name), ...parts.shared]);
  return {
    publicKeyOpenssh: `${parts.name} ${blob.toString("base64")}\n`,
    privateKeyOpenssh: privateFile(parts, blob),
    publicKeyFingerprintMd5: createHash("md5")
      .update(blob)
      .digest("hex")
      .replace(/..(?!$)/g, "$&:"),
    publicKeyFingerprintSha256: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`,
  };
}

function partsOf(key: KeyObject): Parts {
  const jwk = key.export({ format: "jwk" });
  const bytes = (value: string | undefined): Buffer => Buffer.from(value ?? "", "base64url");
  if (jwk.kty === "RSA") {
    const [n, e, d, qi, p, q] = [jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map((value) => positive(bytes(value))) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    return { name: "ssh-rsa", shared: [e, n], secret: [n, e, d, qi, p, q] };
  }
  if (jwk.kty === "EC") {
    const curve = CURVES[jwk.crv ?? ""] ?? "";
    const point = Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]);
    return { name: `ecdsa-sha2-${curve}`, shared: [Buffer.from(curve), point], secret: [Buffer.from(curve), point, positive(bytes(jwk.d))] };
  }
  const point = bytes(jwk.x);
  return { name: "ssh-ed25519", shared: [point], secret: [point, Buffer.concat([bytes(jwk.d), point])] };
}

function privateFile(parts: Parts, blob: Buffer): string {
  const check = randomBytes(4);
  const inner = Buffer.concat([check, check, join([Buffer.from(parts.name), ...parts.secret, Buffer.alloc(0)])]);
  const padding = Buffer.from(Array.from({ length: (8 - (inner.length % 8)) % 8 }, (_, index) => index + 1));
  const count = Buffer.from([0, 0, 0, 1]);
  const file = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    join([Buffer.from("none"), Buffer.from("none"), Buffer.alloc(0)]),
    count,
    join([blob, Buffer.concat([inner, padding])]),
  ]);
  const lines = file.toString("base64").match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

// A multiple-precision integer: no leading zeros, but one when the first bit would read as a sign.
function positive(value: Buffer): Buffer {
  const start = value.findIndex((byte) => byte !== 0);
  const trimmed = value.subarray(start === -1 ? value.length : start);
  return (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
}

function join(fields: Buffer[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}
