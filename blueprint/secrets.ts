import type { Blueprint, SecretName } from "./types";

/** What a secret holds, and who puts it there. */
export type SecretContent =
  | { filledBy: "stack"; keys: string[]; fixed?: Record<string, string> }
  | { filledBy: "certificates" }
  | { filledBy: "operator"; needed: string; deletionProtection: boolean };

/** Every secret of the stack, also of stores that stand beside those in use. A generated key is a random alphanumeric text: the application puts passwords into URLs unescaped. */
export function secretContents(blueprint: Blueprint): Map<SecretName, SecretContent> {
  const stack = (keys: string[], fixed?: Record<string, string>): SecretContent => ({ filledBy: "stack", keys, ...(fixed === undefined ? {} : { fixed }) });
  const operator = (needed: string, { deletionProtection } = blueprint): SecretContent => ({ filledBy: "operator", needed, deletionProtection });
  const hostings = blueprint.beside === null ? [blueprint] : [blueprint, blueprint.beside];
  const own = hostings.find(({ hosting }) => hosting === "selfHosted");
  const everywhere: [SecretName, SecretContent][] = [
    ["database-owner", stack(["DB_PASSWORD"])],
    ["redis-cache", stack(["ELASTICACHE_PASSWORD"])],
    ["application", stack(["PRIVATE_ROUTE_SECRET", "JWT_SECRET", "ADMIN_SESSION_SECRET", "ADMIN_SETUP_TOKEN"])],
    ["application-external", operator("JSON object with STRIPE_SECRET_KEY and the other values of the application's that you use")],
    ["wallet", operator("the Arweave JWK, as JSON text")],
    ["raw-data-item-wallet", operator("the second JWK, for unsigned x402 uploads, as JSON text")],
  ];
  const ownHosts: [SecretName, SecretContent][] = [
    ["database-admin", stack(["superuserPassword", "replicationPassword", "rewindPassword", "restPassword"])],
    ["redis-admin", stack(["replicaPassword", "sentinelPassword"])],
    ["edge-certificate", operator("PEM: certificate, chain and private key of the public name", own)],
    ["tls-database", { filledBy: "certificates" }],
    ["tls-redis", { filledBy: "certificates" }],
    ["tls-app", { filledBy: "certificates" }],
  ];
  const minio: [SecretName, SecretContent][] = [
    ["objects-admin", stack(["MINIO_ROOT_PASSWORD"], { MINIO_ROOT_USER: "bundler-root" })],
    ["objects-app", stack(["S3_SECRET_ACCESS_KEY"], { S3_ACCESS_KEY_ID: "bundler-app" })],
    ["tls-objects", { filledBy: "certificates" }],
  ];
  return new Map([...everywhere, ...(own === undefined ? [] : ownHosts), ...(own?.objects.kind === "minio" ? minio : [])]);
}
