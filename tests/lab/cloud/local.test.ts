import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalPackage } from "../../../lab/cloud/local";
import { randomModels } from "../../../lab/cloud/random";
import { tlsModels } from "../../../lab/cloud/tls";
import { mustText, UNKNOWN, type Properties } from "../../../lab/cloud/properties";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const KEY = "tls:index/privateKey:PrivateKey";
const ROOT = "tls:index/selfSignedCert:SelfSignedCert";
const REQUEST = "tls:index/certRequest:CertRequest";
const LEAF = "tls:index/locallySignedCert:LocallySignedCert";

async function make(cloud: LocalPackage, type: string, news: Properties): Promise<Properties> {
  const { inputs, failures } = cloud.check(type, { name: "it", olds: {}, news, seed: new Uint8Array() });
  assert.deepEqual(failures, []);
  return (await cloud.create(type, inputs, "deploy")).properties;
}

describe("embedded cloud: random", () => {
  const cloud = new LocalPackage(randomModels);

  it("makes passwords of the asked length and classes, never twice the same", async () => {
    const inputs = { length: 40, special: false, minNumeric: 5, minUpper: 5 };
    const results = new Set<string>();
    for (let round = 0; round < 50; round += 1) {
      const result = mustText(await make(cloud, PASSWORD, inputs), "result");
      assert.match(result, /^[A-Za-z0-9]{40}$/);
      assert.ok(result.replace(/\D/g, "").length >= 5 && result.replace(/[^A-Z]/g, "").length >= 5);
      results.add(result);
    }
    assert.equal(results.size, 50);
    assert.match(
      mustText(await make(cloud, PASSWORD, { length: 30, upper: false, lower: false, numeric: false, overrideSpecial: "_-" }), "result"),
      /^[_-]{30}$/,
    );
  });

  it("refuses a length that its classes do not fit in, and nothing to choose from", () => {
    const failures = (news: Properties): number => cloud.check(PASSWORD, { name: "p", olds: {}, news, seed: new Uint8Array() }).failures.length;
    assert.equal(failures({ length: 4, minUpper: 3, minLower: 3 }), 1);
    assert.equal(failures({ length: 4, upper: false, lower: false, numeric: false, special: false }), 1);
    assert.equal(failures({ length: 0 }), 1);
    assert.equal(failures({}), 1);
  });

  it("keeps its value until a keeper changes", async () => {
    const olds = await make(cloud, PASSWORD, { length: 20, keepers: { a: "1" } });
    const diff = (keepers: Properties): string[] =>
      cloud.diff(PASSWORD, olds, { length: 20, keepers: { a: "1" } }, { length: 20, keepers }).changes.map((one) => `${one.path} ${one.effect}`);
    assert.deepEqual(diff({ a: "1" }), []);
    assert.deepEqual(diff({ a: "2" }), ["keepers.a replace"]);
    assert.equal((await cloud.create(PASSWORD, { length: 20 }, "preview")).properties["result"], UNKNOWN);
    assert.equal((await cloud.read(PASSWORD, "none", olds, {}))?.properties["result"], olds["result"]);
  });
});

describe("embedded cloud: tls", () => {
  const cloud = new LocalPackage(tlsModels);
  const authority = {
    allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
    isCaCertificate: true,
    validityPeriodHours: 87_600,
    setSubjectKeyId: true,
  };

  async function chain(key: Properties): Promise<{ ca: string; leaf: string; leafKey: string }> {
    const caKey = mustText(await make(cloud, KEY, key), "privateKeyPem");
    const ca = mustText(
      await make(cloud, ROOT, { ...authority, privateKeyPem: caKey, subject: { commonName: "internal CA", organization: "bundler" } }),
      "certPem",
    );
    const leafKey = mustText(await make(cloud, KEY, key), "privateKeyPem");
    const certRequestPem = mustText(
      await make(cloud, REQUEST, {
        privateKeyPem: leafKey,
        subject: { commonName: "database" },
        dnsNames: ["db-1", "localhost"],
        ipAddresses: ["10.0.1.10", "127.0.0.1"],
      }),
      "certRequestPem",
    );
    const leaf = await make(cloud, LEAF, {
      certRequestPem,
      caCertPem: ca,
      caPrivateKeyPem: caKey,
      allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
      validityPeriodHours: 24,
    });
    return { ca, leaf: mustText(leaf, "certPem"), leafKey };
  }

  for (const key of [{ algorithm: "ECDSA", ecdsaCurve: "P256" }, { algorithm: "ECDSA", ecdsaCurve: "P384" }, { algorithm: "RSA" }, { algorithm: "ED25519" }]) {
    it(`makes a chain of ${Object.values(key).join(" ")} that OpenSSL accepts, for the asked names and uses`, async function () {
      this.timeout(20_000);
      const made = await chain(key);
      const [ca, leaf] = [new X509Certificate(made.ca), new X509Certificate(made.leaf)];
      assert.ok(leaf.verify(ca.publicKey) && ca.verify(ca.publicKey) && leaf.checkIssued(ca));
      assert.equal(ca.ca, true);
      assert.equal(leaf.ca, false);
      assert.ok(leaf.checkHost("db-1") !== undefined && leaf.checkIP("10.0.1.10") !== undefined && leaf.checkHost("db-2") === undefined);
      assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
      const folder = mkdtempSync(join(tmpdir(), "embedded-tls-"));
      try {
        writeFileSync(join(folder, "ca.pem"), made.ca);
        writeFileSync(join(folder, "leaf.pem"), made.leaf);
        for (const purpose of ["sslserver", "sslclient"]) {
          const out = execFileSync("openssl", ["verify", "-x509_strict", "-purpose", purpose, "-CAfile", join(folder, "ca.pem"), join(folder, "leaf.pem")], {
            encoding: "utf8",
          });
          assert.match(out, /leaf\.pem: OK/);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("writes keys that OpenSSH reads back to the same public key", async () => {
    for (const key of [{ algorithm: "ECDSA", ecdsaCurve: "P256" }, { algorithm: "RSA" }, { algorithm: "ED25519" }]) {
      const made = await make(cloud, KEY, key);
      const folder = mkdtempSync(join(tmpdir(), "embedded-ssh-"));
      try {
        const path = join(folder, "key");
        writeFileSync(path, mustText(made, "privateKeyOpenssh"), { mode: 0o600 });
        assert.equal(execFileSync("ssh-keygen", ["-y", "-f", path], { encoding: "utf8" }).trim(), mustText(made, "publicKeyOpenssh").trim());
        assert.ok(execFileSync("ssh-keygen", ["-l", "-f", path], { encoding: "utf8" }).includes(mustText(made, "publicKeyFingerprintSha256")));
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });

  it("refuses another authority's key, P224, and uses that nobody knows", async () => {
    const key = { algorithm: "ECDSA", ecdsaCurve: "P256" };
    const made = await chain(key);
    const stranger = mustText(await make(cloud, KEY, key), "privateKeyPem");
    const certRequestPem = mustText(await make(cloud, REQUEST, { privateKeyPem: made.leafKey, subject: { commonName: "x" } }), "certRequestPem");
    const inputs = { certRequestPem, caCertPem: made.ca, caPrivateKeyPem: stranger, allowedUses: ["server_auth"], validityPeriodHours: 24 };
    await assert.rejects(cloud.create(LEAF, inputs, "deploy"), /is not the key of caCertPem/);
    const property = (type: string, news: Properties): string | undefined =>
      cloud.check(type, { name: "k", olds: {}, news, seed: new Uint8Array() }).failures[0]?.property;
    assert.equal(property(KEY, { algorithm: "ECDSA" }), "ecdsaCurve");
    assert.equal(property(LEAF, { ...inputs, allowedUses: ["anything"] }), "allowedUses[0]");
  });

  it("is due for renewal in its last hours, and then replaced", async () => {
    const key = mustText(await make(cloud, KEY, { algorithm: "ECDSA", ecdsaCurve: "P256" }), "privateKeyPem");
    const inputs = { ...authority, privateKeyPem: key, validityPeriodHours: 10, subject: { commonName: "ca" } };
    const olds = await make(cloud, ROOT, inputs);
    assert.equal(olds["readyForRenewal"], false);
    const paths = (earlyRenewalHours: number): string[] =>
      cloud.diff(ROOT, olds, { ...inputs, earlyRenewalHours }, { ...inputs, earlyRenewalHours }).changes.map((one) => `${one.path} ${one.effect}`);
    assert.deepEqual(paths(1), []);
    assert.deepEqual(paths(11), ["readyForRenewal replace"]);
  });
});
