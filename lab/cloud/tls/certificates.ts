import "./reflection";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { objectAt, textAt, textsAt, type Properties } from "../properties";
import { signingOf, type Signing } from "./keys";

x509.cryptoProvider.set(webcrypto);

const USAGES: Record<string, x509.KeyUsageFlags> = {
  digital_signature: x509.KeyUsageFlags.digitalSignature,
  content_commitment: x509.KeyUsageFlags.nonRepudiation,
  key_encipherment: x509.KeyUsageFlags.keyEncipherment,
  data_encipherment: x509.KeyUsageFlags.dataEncipherment,
  key_agreement: x509.KeyUsageFlags.keyAgreement,
  cert_signing: x509.KeyUsageFlags.keyCertSign,
  crl_signing: x509.KeyUsageFlags.cRLSign,
  encipher_only: x509.KeyUsageFlags.encipherOnly,
  decipher_only: x509.KeyUsageFlags.decipherOnly,
};

const EXTENDED: Record<string, string> = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
};

/** Names of the provider's subject properties in a distinguished name, in the order of Go's encoder. */
const SUBJECT: [property: string, attribute: string][] = [
  ["country", "C"],
  ["organization", "O"],
  ["organizationalUnit", "OU"],
  ["locality", "L"],
  ["province", "ST"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "CN"],
  ["serialNumber", "2.5.4.5"],
];

/** How long a certificate is valid. */
export interface Validity {
  from: Date;
  until: Date;
}

/** A request for a certificate with the subject and the alternative names of the inputs, signed by its own key. */
export async function requestFor(inputs: Properties, keyPem: string): Promise<{ pem: string; keyAlgorithm: string }> {
  const signing = signingOf(keyPem);
  const names = alternativeNames(inputs);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: subjectOf(inputs),
    keys: await pairOf(signing),
    signingAlgorithm: signing.algorithm,
    extensions: names === undefined ? [] : [names],
  });
  return { pem: text(request.toString("pem")), keyAlgorithm: signing.keyAlgorithm };
}

/** A certificate signed by its own key. */
export async function selfSigned(inputs: Properties, keyPem: string, validity: Validity): Promise<{ pem: string; keyAlgorithm: string }> {
  const signing = signingOf(keyPem);
  const keys = await pairOf(signing);
  const names = alternativeNames(inputs);
  const certificate = await x509.X509CertificateGenerator.create({
    ...common(validity),
    subject: subjectOf(inputs),
    issuer: subjectOf(inputs),
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: signing.algorithm,
    extensions: [
      ...(await usagesOf(inputs, keys.publicKey)),
      ...(inputs["setAuthorityKeyId"] === true ? [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)] : []),
      ...(names === undefined ? [] : [names]),
    ],
  });
  return { pem: text(certificate.toString("pem")), keyAlgorithm: signing.keyAlgorithm };
}

/** A certificate for a request, signed by an authority. Refuses a request whose own signature is wrong, or a key that is not the authority's. */
export async function signedBy(
  inputs: Properties,
  requestPem: string,
  caPem: string,
  caKeyPem: string,
  validity: Validity,
): Promise<{ pem: string; caKeyAlgorithm: string }> {
  const request = new x509.Pkcs10CertificateRequest(requestPem);
  if (!(await request.verify())) throw new Error("certRequestPem: the request's signature does not verify");
  const authority = new x509.X509Certificate(caPem);
  const signing = signingOf(caKeyPem);
  if (!Buffer.from(authority.publicKey.rawData).equals(signing.spki)) throw new Error("caPrivateKeyPem is not the key of caCertPem");
  const keys = await pairOf(signing);
  const names = request.extensions.find((extension) => extension.type === "2.5.29.17");
  const certificate = await x509.X509CertificateGenerator.create({
    ...common(validity),
    subject: request.subjectName,
    issuer: authority.subjectName,
    publicKey: request.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: signing.algorithm,
    extensions: [
      ...(await usagesOf(inputs, request.publicKey)),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
      ...(names === undefined ? [] : [names]),
    ],
  });
  return { pem: text(certificate.toString("pem")), caKeyAlgorithm: signing.keyAlgorithm };
}

function common(validity: Validity): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const serial = webcrypto.getRandomValues(new Uint8Array(16));
  serial[0] = (serial[0] ?? 0) & 0x7f; // positive, as RFC 5280 asks
  return { serialNumber: Buffer.from(serial).toString("hex"), notBefore: validity.from, notAfter: validity.until };
}

async function pairOf(signing: Signing): Promise<{ privateKey: webcrypto.CryptoKey; publicKey: webcrypto.CryptoKey }> {
  const { subtle } = webcrypto;
  return {
    privateKey: await subtle.importKey("pkcs8", signing.pkcs8, signing.algorithm, true, ["sign"]),
    publicKey: await subtle.importKey("spki", signing.spki, signing.algorithm, true, ["verify"]),
  };
}

async function usagesOf(inputs: Properties, publicKey: x509.PublicKey | webcrypto.CryptoKey): Promise<x509.Extension[]> {
  const allowed = textsAt(inputs, "allowedUses");
  const usages = allowed.map((use) => USAGES[use]).filter((use) => use !== undefined);
  const extended = allowed.map((use) => EXTENDED[use]).filter((use) => use !== undefined);
  const isAuthority = inputs["isCaCertificate"] === true;
  const pathLength = inputs["maxPathLength"];
  return [
    ...(usages.length === 0
      ? []
      : [
          new x509.KeyUsagesExtension(
            usages.reduce((all, one): x509.KeyUsageFlags => all | one),
            true,
          ),
        ]),
    ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(extended)]),
    new x509.BasicConstraintsExtension(isAuthority, isAuthority && typeof pathLength === "number" && pathLength >= 0 ? pathLength : undefined, true),
    // Go gives every authority a subject key identifier
    ...(isAuthority || inputs["setSubjectKeyId"] === true ? [await x509.SubjectKeyIdentifierExtension.create(publicKey)] : []),
  ];
}

function alternativeNames(inputs: Properties): x509.SubjectAlternativeNameExtension | undefined {
  const names = [
    ...textsAt(inputs, "dnsNames").map((value) => ({ type: "dns" as const, value })),
    ...textsAt(inputs, "ipAddresses").map((value) => ({ type: "ip" as const, value })),
    ...textsAt(inputs, "uris").map((value) => ({ type: "url" as const, value })),
  ];
  return names.length === 0 ? undefined : new x509.SubjectAlternativeNameExtension(names);
}

function subjectOf(inputs: Properties): x509.JsonName {
  const subject = objectAt(inputs, "subject");
  return SUBJECT.flatMap(([property, attribute]) => {
    const value = textAt(subject, property);
    return value === undefined ? [] : [{ [attribute]: [value] }];
  });
}

const text = (pem: string): string => `${pem.trim()}\n`;
