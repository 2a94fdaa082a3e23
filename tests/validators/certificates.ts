import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate as the platform's `tls-*` secrets hold it. */
export interface TestCertificate {
  ca: string;
  certificate: string;
  privateKey: string;
}

/**
 * One leaf for these names and addresses, server and client, signed by a CA that nobody keeps. Made by openssl, in PEM.
 * It has the extensions that Python 3.13 insists on: key usage in the CA, key identifiers in both.
 */
export function testCertificate(names: readonly string[], addresses: readonly string[]): TestCertificate {
  const directory = mkdtempSync(join(tmpdir(), "bundler-tls-"));
  const openssl = (...argv: string[]): void => {
    execFileSync("openssl", argv, { cwd: directory, stdio: "pipe" });
  };
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  try {
    openssl(
      "req",
      "-x509",
      ...curve,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-subj",
      "/CN=test CA",
      "-days",
      "2",
      "-addext",
      "keyUsage=critical,keyCertSign,cRLSign",
    );
    openssl("req", ...curve, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=test");
    const subjects = [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)].join(",");
    writeFileSync(
      join(directory, "extensions"),
      `subjectAltName=${subjects}\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`,
    );
    openssl(
      "x509",
      "-req",
      "-in",
      "request.pem",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "2",
      "-extfile",
      "extensions",
      "-out",
      "cert.pem",
    );
    const read = (name: string): string => readFileSync(join(directory, name), "utf8");
    return { ca: read("ca.pem"), certificate: read("cert.pem"), privateKey: read("key.pem") };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
