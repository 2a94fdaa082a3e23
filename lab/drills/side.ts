import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../hosts/commands";
import type { Container } from "../hosts/container";
import { namespaces } from "../hosts/network/links";
import { loadRuleset } from "../hosts/network/load";
import { drop, header, is, isNot, meta, oneOf, Table } from "../hosts/network/nft";

const table = "drill";

/** Cuts hosts off from all others: only they reach each other, until `heal`. No packet passes and no answer says so. */
export async function cut(hosts: readonly Container[]): Promise<void> {
  const addresses = oneOf(hosts.map(({ host }) => host.address));
  const ruleset = new Table(table)
    .filter("in", "input", "accept")
    .filter("out", "output", "accept")
    .rule("in", [is(meta("iifname"), "eth0"), isNot(header("ip", "saddr"), addresses), drop])
    .rule("out", [is(meta("oifname"), "eth0"), isNot(header("ip", "daddr"), addresses), drop])
    .ruleset();
  await Promise.all(hosts.map(({ host }) => loadRuleset(namespaces.host(host.name), ruleset)));
}

export async function heal(hosts: readonly Container[]): Promise<void> {
  await Promise.all(hosts.map(({ host }) => run("ip", ["netns", "exec", namespaces.host(host.name), "nft", "delete", "table", "inet", table])));
}

/** A write that was acknowledged inside. */
export interface Written {
  id: string;
  at: number;
}

/** A client on a host that writes one thing after the other through the data proxy, as fast as it is answered, and tells what was acknowledged. */
export class Writer {
  private readonly written: Written[] = [];
  private readonly child: ChildProcess;

  public constructor(host: Container, script: string) {
    const [program = "", ...argv] = host.entering([
      ...["sh", "-c", 'set -a; . /etc/bundler/processes/upload-api.env; . /run/bundler/processes/upload-api.env; exec "$@"', "sh"],
      ...[
        "env",
        "NODE_PATH=/opt/bundler/release/node_modules",
        "/opt/bundler/node/bin/node",
        "--eval",
        `process.stdin.on("end", () => process.exit()).resume();${script}`,
      ],
    ]);
    this.child = spawn(program, argv, { stdio: ["pipe", "pipe", "inherit"] });
    let rest = "";
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const id of lines) this.written.push({ id, at: Date.now() });
    });
  }

  /** Waits until it has written something. Throws when it does not. */
  public async begun(): Promise<void> {
    const latest = Date.now() + 20_000;
    while (this.written.length === 0) {
      if (Date.now() > latest) throw new Error("the client on the host writes nothing");
      await sleep(50);
    }
  }

  /** Ends it and gives what was acknowledged. */
  public async stop(): Promise<Written[]> {
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    // nsenter would die of a signal alone, and leave what it started.
    this.child.stdin?.end();
    await ended;
    return this.written;
  }
}

/** Rows into a table of the drill's own, through PgBouncer. */
export const databaseWriter = `
  const { Client } = require("pg"); const { randomUUID } = require("crypto");
  const connect = async () => { const c = new Client({ host: process.env.DB_HOST ?? "127.0.0.1", port: Number(process.env.DB_PORT ?? 5432), user: process.env.DB_USER, password: process.env.DB_PASSWORD, database: "upload_service" }); c.on("error", () => {}); await c.connect(); return c; };
  (async () => {
    let client = await connect();
    await client.query("create table if not exists drill_write (id text primary key)");
    for (;;) {
      const id = randomUUID();
      try { await client.query("insert into drill_write values ($1)", [id]); process.stdout.write(id + "\\n"); }
      catch { await new Promise((r) => setTimeout(r, 100)); client = await connect().catch(() => client); }
    }
  })();`;

/** Entries of a list in the Redis for queues. */
export const queueWriter = `
  const Redis = require("ioredis"); const { randomUUID } = require("crypto");
  const client = new Redis({ host: "127.0.0.1", port: Number(process.env.REDIS_PORT_QUEUES ?? 6381), maxRetriesPerRequest: 1 }); client.on("error", () => {});
  (async () => {
    for (;;) {
      const id = randomUUID();
      try { await client.sadd("bull:drill:writes", id); process.stdout.write(id + "\\n"); }
      catch { await new Promise((r) => setTimeout(r, 50)); }
    }
  })();`;

/** Every entry that the queue writer left. */
export async function queueWrites(host: Container): Promise<Set<string>> {
  const { stdout } = await host.inside(["redis-cli", "-p", "6381", "SMEMBERS", "bull:drill:writes"]);
  return new Set(stdout.split("\n").filter((line) => line !== ""));
}

/** Forgets what the queue writer left. */
export async function forgetQueueWrites(host: Container): Promise<void> {
  await host.inside(["redis-cli", "-p", "6381", "DEL", "bull:drill:writes"]);
}
