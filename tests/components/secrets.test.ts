import assert from "node:assert/strict";
import { goodBlueprint, minioOverrides } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";
import { secretMark } from "./monitor";

/** Value of a secret as the service would get it; undefined for an empty container. */
function valueOf(deployment: Deployment, secret: string): Record<string, string> | undefined {
  const version = deployment.resources.find((resource) => resource.name === `bundler-level1-secrets-${secret}-value`);
  return version === undefined ? undefined : (JSON.parse(deployment.inputs(version)["secretString"] as string) as Record<string, string>);
}

describe("secrets", () => {
  let minio: Deployment;

  before(async () => {
    minio = await deployed(goodBlueprint(minioOverrides));
  });

  it("have deterministic names that hosts know without being told", () => {
    for (const secret of minio.ofType("aws:secretsmanager/secret:Secret")) {
      assert.equal(minio.inputs(secret)["name"], secret.name.replace("bundler-level1-secrets-", "bundler-level1/"));
    }
  });

  it("of the operator are empty containers that say what they need", () => {
    for (const secret of ["wallet", "raw-data-item-wallet", "application-external", "edge-certificate"]) {
      assert.equal(valueOf(minio, secret), undefined, secret);
      assert.ok(String(minio.inputs(minio.named(`bundler-level1-secrets-${secret}`))["description"]).length > 10);
    }
  });

  it("that are generated hold JSON with their keys, each from its own random password", () => {
    const expected: Record<string, string[]> = {
      "database-admin": ["superuserPassword", "replicationPassword", "rewindPassword", "restPassword"],
      "database-owner": ["DB_PASSWORD"],
      "redis-admin": ["replicaPassword", "sentinelPassword"],
      "redis-cache": ["ELASTICACHE_PASSWORD"],
      application: ["PRIVATE_ROUTE_SECRET", "JWT_SECRET", "ADMIN_SESSION_SECRET", "ADMIN_SETUP_TOKEN"],
      "objects-admin": ["MINIO_ROOT_PASSWORD"],
      "objects-app": ["S3_SECRET_ACCESS_KEY"],
    };
    const passwords = Object.entries(expected).flatMap(([secret, keys]) => {
      const value = valueOf(minio, secret);
      assert.ok(value !== undefined, secret);
      return keys.map((key) => {
        assert.ok(value[key]?.startsWith(secretMark), `${secret} ${key}`);
        return value[key];
      });
    });
    assert.equal(new Set(passwords).size, passwords.length);
    assert.equal(minio.ofType("random:index/randomPassword:RandomPassword").length, passwords.length);
  });

  it("are long and alphanumeric: the application puts passwords into URLs unescaped", () => {
    for (const password of minio.ofType("random:index/randomPassword:RandomPassword")) {
      const { length, special } = minio.inputs(password);
      assert.deepEqual({ length, special }, { length: 40, special: false });
    }
  });

  it("for the TLS clients hold a certificate that names no host, so that more hosts need no new one", () => {
    const name = "bundler-level1-secrets-tls-tls-app";
    const request = minio.inputs(minio.named(`${name}-request`));
    assert.deepEqual([request["dnsNames"], request["ipAddresses"]], [undefined, undefined]);
    assert.ok(!(minio.inputs(minio.named(name))["allowedUses"] as string[]).includes("server_auth"));
  });

  it("for TLS servers hold a certificate of the private CA for every host of the role, by name and address", () => {
    const roles: Record<string, string[]> = { "tls-database": ["database"], "tls-redis": ["redis"], "tls-objects": ["objects"] };
    for (const [secret, holders] of Object.entries(roles)) {
      const name = `bundler-level1-secrets-tls-${secret}`;
      const hosts = minio.blueprint.hosts.filter((host) => holders.includes(host.role));
      const request = minio.inputs(minio.named(`${name}-request`));
      assert.deepEqual(request["dnsNames"], [...hosts.map((host) => host.name), "localhost"]);
      assert.deepEqual(request["ipAddresses"], [...hosts.map((host) => host.address), "127.0.0.1"]);
      const leaf = minio.inputs(minio.named(name));
      assert.ok((leaf["allowedUses"] as string[]).includes("server_auth") && (leaf["allowedUses"] as string[]).includes("client_auth"));
      assert.equal(leaf["caCertPem"], "certificate of bundler-level1-secrets-tls-ca");
      assert.deepEqual(valueOf(minio, secret), {
        ca: "certificate of bundler-level1-secrets-tls-ca",
        certificate: `certificate of ${name}`,
        privateKey: `${secretMark} ${name}-key pkcs8`,
      });
    }
  });
});
