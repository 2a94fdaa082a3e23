import { createHash, X509Certificate } from "node:crypto";
import { createRequire } from "node:module";
import type { Change } from "../difference";
import type { LocalModel } from "../local";
import { between, flag, list, number, object, oneOf, text, type Fields } from "../model";
import { integerAt, mustText, textAt, type Properties } from "../properties";
import { privateKey } from "./keys";

const HOUR_MILLISECONDS = 3_600_000;

const USES = [
  ...[
    "any_extended",
    "cert_signing",
    "client_auth",
    "code_signing",
    "content_commitment",
    "crl_signing",
    "data_encipherment",
    "decipher_only",
    "digital_signature",
  ],
  ...["email_protection", "encipher_only", "key_agreement", "key_encipherment", "ocsp_signing", "server_auth", "timestamping"],
];

const subject: Fields = Object.fromEntries(
  ["commonName", "country", "locality", "organization", "organizationalUnit", "postalCode", "province", "serialNumber"].map((key) => [
    key,
    text({ replaces: true }),
  ]),
);

const named = (): Fields => ({
  subject: object(subject, { replaces: true }),
  dnsNames: list(text(), { replaces: true }),
  ipAddresses: list(text(), { replaces: true }),
  uris: list(text(), { replaces: true }),
});

const certified = (): Fields => ({
  allowedUses: list(text({ rule: oneOf(...USES) }), { required: true, replaces: true }),
  validityPeriodHours: number({ required: true, replaces: true, rule: between(0, 2 ** 31 - 1) }),
  earlyRenewalHours: number({ default: 0, rule: between(0, 2 ** 31 - 1) }),
  isCaCertificate: flag({ default: false, replaces: true }),
  maxPathLength: number({ replaces: true, rule: between(-1, 255) }),
  setSubjectKeyId: flag({ default: false, replaces: true }),
});

// Loaded when the first certificate is made: most calls of an engine never need it.
const load = createRequire(__filename);
const certificates = (): typeof import("./certificates") => load("./certificates") as typeof import("./certificates");

function validity(inputs: Properties): { from: Date; until: Date } {
  const from = new Date(Math.floor(Date.now() / 1000) * 1000);
  return { from, until: new Date(from.getTime() + (integerAt(inputs, "validityPeriodHours") ?? 0) * HOUR_MILLISECONDS) };
}

function issued(pem: string, inputs: Properties): Properties {
  const certificate = new X509Certificate(pem);
  const times = { validityStartTime: new Date(certificate.validFrom).toISOString(), validityEndTime: new Date(certificate.validTo).toISOString() };
  return { certPem: pem, ...times, ...readiness({ ...inputs, ...times }, new Date()) };
}

function readiness(outputs: Properties, now: Date): Properties {
  const end = new Date(textAt(outputs, "validityEndTime") ?? "").getTime();
  return { readyForRenewal: now.getTime() >= end - (integerAt(outputs, "earlyRenewalHours") ?? 0) * HOUR_MILLISECONDS };
}

// A certificate inside its renewal period is made again by the next update, whether or not an input changed.
function renewal(olds: Properties, newInputs: Properties, now: Date): Change[] {
  const due = readiness({ ...olds, earlyRenewalHours: newInputs["earlyRenewalHours"] ?? 0 }, now)["readyForRenewal"] === true;
  return due && olds["validityEndTime"] !== undefined ? [{ path: "readyForRenewal", kind: "update", effect: "replace", of: "output" }] : [];
}

const serialOf = (pem: string): string => BigInt(`0x${new X509Certificate(pem).serialNumber}`).toString();

const certRequest: LocalModel = {
  type: "tls:index/certRequest:CertRequest",
  inputs: { ...named(), privateKeyPem: text({ required: true, replaces: true }) },
  outputs: ["certRequestPem", "keyAlgorithm"],
  make: async (inputs) => {
    const { pem, keyAlgorithm } = await certificates().requestFor(inputs, mustText(inputs, "privateKeyPem"));
    return { id: createHash("sha1").update(pem).digest("hex"), properties: { certRequestPem: pem, keyAlgorithm } };
  },
};

const selfSignedCert: LocalModel = {
  type: "tls:index/selfSignedCert:SelfSignedCert",
  inputs: { ...named(), ...certified(), privateKeyPem: text({ required: true, replaces: true }), setAuthorityKeyId: flag({ default: false, replaces: true }) },
  outputs: ["certPem", "keyAlgorithm", "readyForRenewal", "validityEndTime", "validityStartTime"],
  make: async (inputs) => {
    const { pem, keyAlgorithm } = await certificates().selfSigned(inputs, mustText(inputs, "privateKeyPem"), validity(inputs));
    return { id: serialOf(pem), properties: { ...issued(pem, inputs), keyAlgorithm } };
  },
  ageing: renewal,
  aged: readiness,
};

const locallySignedCert: LocalModel = {
  type: "tls:index/locallySignedCert:LocallySignedCert",
  inputs: {
    ...certified(),
    caCertPem: text({ required: true, replaces: true }),
    caPrivateKeyPem: text({ required: true, replaces: true }),
    certRequestPem: text({ required: true, replaces: true }),
  },
  outputs: ["caKeyAlgorithm", "certPem", "readyForRenewal", "validityEndTime", "validityStartTime"],
  make: async (inputs) => {
    const { signedBy } = certificates();
    const { pem, caKeyAlgorithm } = await signedBy(
      inputs,
      mustText(inputs, "certRequestPem"),
      mustText(inputs, "caCertPem"),
      mustText(inputs, "caPrivateKeyPem"),
      validity(inputs),
    );
    return { id: serialOf(pem), properties: { ...issued(pem, inputs), caKeyAlgorithm } };
  },
  ageing: renewal,
  aged: readiness,
};

/** The modelled types of @pulumi/tls: real keys and real certificates. */
export const tlsModels: readonly LocalModel[] = [privateKey, certRequest, selfSignedCert, locallySignedCert];
