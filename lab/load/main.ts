/**
 * `main.ts PLAN`: clients outside. Sends requests at fixed rates until SIGTERM, each over a connection of its own as from a
 * client of its own, and writes every one to the journal when it has ended; then waits for what is still open, and ends.
 */
import { createWriteStream, readFileSync, type WriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client";
import { Pace } from "./pace";
import { acknowledged, type LoadPlan, type RequestKind, type Sent } from "./plan";

async function main(planFile: string): Promise<void> {
  const plan = JSON.parse(readFileSync(planFile, "utf8")) as LoadPlan;
  const journal = createWriteStream(plan.journal, { flags: "a" });
  const client = new Client(plan);
  const open = new Set<Promise<unknown>>();
  const stop = new AbortController();
  process.on("SIGTERM", () => {
    stop.abort();
  });
  // Each account is there, and known, before anything counts.
  for (const account of plan.accounts) while (!stop.signal.aborted && !acknowledged(await write(client.send("topUp", account), journal))) await sleep(200);
  const paces = Object.entries(plan.rates).map(([kind, rate]) => ({ kind: kind as RequestKind, pace: new Pace(rate, performance.now()) }));
  while (!stop.signal.aborted) {
    for (const { kind, pace } of paces) {
      for (let due = pace.due(performance.now()); due > 0; due -= 1) {
        const sending = write(client.send(kind), journal).then(() => {
          open.delete(sending);
        });
        open.add(sending);
      }
    }
    await sleep(5);
  }
  // Who is not answered by then never is, as after the loss of the edge host that had the connection: the client's own patience.
  setTimeout(() => {
    client.giveUp();
  }, plan.graceMilliseconds).unref();
  await Promise.all(open);
  await new Promise((resolve) => journal.end(resolve));
}

async function write(sending: Promise<Sent>, journal: WriteStream): Promise<Sent> {
  const sent = await sending;
  journal.write(`${JSON.stringify(sent)}\n`);
  return sent;
}

main(process.argv[2] ?? "").catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exit(1);
});
