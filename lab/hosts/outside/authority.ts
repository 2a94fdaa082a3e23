import { generateKeyPairSync } from "node:crypto";
import { requestFor, selfSigned, signedBy } from "../../cloud/tls/certificates";

/** A certificate and its private key, in PEM. */
export interface Certified {
  certificate: string;
  privateKey: string;
}

const validDays = 30;

function validity(): { from: Date; until: Date } {
  const now = Date.now();
  // An hour back: clocks of one machine agree, those of a person's browser may not.
  return { from: new Date(now - 3_600_000), until: new Date(now + validDays * 86_400_000) };
}

function newKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** The authority of this lab, which its hosts trust as they would trust a public one. */
export async function makeAuthority(): Promise<Certified> {
  const privateKey = newKey();
  const inputs = { subject: { commonName: "The lab's certificate authority" }, isCaCertificate: true, allowedUses: ["cert_signing", "crl_signing"] };
  return { certificate: (await selfSigned(inputs, privateKey, validity())).pem, privateKey };
}

/** A server certificate for these names, signed by the authority. */
export async function certify(authority: Certified, names: readonly string[]): Promise<Certified> {
  const privateKey = newKey();
  const request = await requestFor({ subject: { commonName: names[0] ?? "" }, dnsNames: [...names] }, privateKey);
  const inputs = { allowedUses: ["digital_signature", "server_auth"], setSubjectKeyId: true };
  return { certificate: (await signedBy(inputs, request.pem, authority.certificate, authority.privateKey, validity())).pem, privateKey };
}
