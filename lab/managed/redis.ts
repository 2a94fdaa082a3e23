import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedRedisInstance } from "../../blueprint/types";
import type { Container } from "../hosts/container";
import { directory, type Engine } from "./engine";

const startMilliseconds = 30_000;
const handOverMilliseconds = 10_000;
const lookMilliseconds = 50;

/** Redis as ElastiCache runs it: a primary, and a replica that follows it a moment later. */
export function redisEngine({ port, maxmemoryPolicy, password: asks }: ManagedRedisInstance, cachePassword: string): Engine {
  const password = asks ? cachePassword : undefined;
  const call = async (server: Container, ...words: string[]): Promise<string> => {
    const cli = ["redis-cli", "-e", "--tls", "--insecure", "-p", String(port), ...words];
    const { status, stdout, stderr } = await server.inside(["timeout", "10", "sh", "-c", `. ${directory}/cli.env; exec "$@"`, "sh", ...cli]);
    if (status !== 0) throw new Error(`${server.host.name}: ${words.join(" ")}: ${stderr.trim()}${stdout.trim()}`);
    return stdout;
  };
  const becomes = async (server: Container, pattern: RegExp, milliseconds: number): Promise<void> => {
    const latest = Date.now() + milliseconds;
    while (!pattern.test(await call(server, "INFO", "replication").catch(() => ""))) {
      if (Date.now() > latest) throw new Error(`${server.host.name}: after ${String(milliseconds / 1000)} s not ${String(pattern)}`);
      await sleep(lookMilliseconds);
    }
  };
  const server = ["redis-server", `${directory}/redis.conf`];
  return {
    prepare: (one, certified, authority) => {
      one.write(`${directory}/redis.conf`, configuration(port, maxmemoryPolicy, password));
      one.write(`${directory}/cli.env`, password === undefined ? "" : `export REDISCLI_AUTH=${password}\n`);
      one.write(`${directory}/certificate.pem`, certified.certificate);
      one.write(`${directory}/key.pem`, certified.privateKey);
      one.write(`${directory}/authority.pem`, authority);
    },
    startFirst: async (one) => {
      await one.start(server);
      await becomes(one, /role:master/, startMilliseconds);
    },
    startCopy: async (one, writer) => {
      await one.start([...server, "--replicaof", writer.host.address, String(port)]);
      await becomes(one, /master_link_status:up/, startMilliseconds);
    },
    missing: async (writer, copy) => {
      const [of, at] = await Promise.all([call(writer, "INFO", "replication"), call(copy, "INFO", "replication")]);
      if (!of.includes("role:master")) return "its name points at no primary";
      return at.includes("master_link_status:up") && /connected_slaves:[1-9]/.test(of) ? undefined : "no replica follows";
    },
    promote: async (copy) => {
      await call(copy, "REPLICAOF", "NO", "ONE");
    },
    handOver: async (writer, copy) => {
      await call(writer, "FAILOVER", "TO", copy.host.address, String(port));
      await becomes(copy, /role:master/, handOverMilliseconds);
    },
  };
}

function configuration(port: number, maxmemoryPolicy: string, password: string | undefined): string {
  const settings: [string, string][] = [
    ["bind", "0.0.0.0"],
    ["protected-mode", "no"],
    ["port", "0"],
    ["tls-port", String(port)],
    ["tls-cert-file", `${directory}/certificate.pem`],
    ["tls-key-file", `${directory}/key.pem`],
    ["tls-ca-cert-file", `${directory}/authority.pem`],
    ["tls-auth-clients", "no"],
    ["tls-replication", "yes"],
    ["maxmemory-policy", maxmemoryPolicy],
    ["dir", "/var/lib/redis"],
    ["save", '""'],
    ["repl-diskless-sync-delay", "0"],
    ...(password === undefined ? [] : [["requirepass", password] as [string, string], ["masterauth", password] as [string, string]]),
  ];
  return settings.map(([name, value]) => `${name} ${value}\n`).join("");
}
