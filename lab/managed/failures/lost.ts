import { setTimeout as sleep } from "node:timers/promises";
import type { RequestKind } from "../../load/plan";
import type { ManagedDrill } from "../drill";
import type { Paired } from "../services";
import { writerChanges } from "./follow";

/** Until AWS has seen that a writer is lost and promoted its copy: short of its typical times, since the promise begins with the name. */
const noticeSeconds: Record<Paired, number> = { postgres: 8, cache: 5, queues: 5 };

/** The server that a name points at is gone at once; its copy is promoted after a while, and the name follows. */
function lost(name: string, service: Paired, breaks: string, measures: readonly RequestKind[], jobsRunAgain?: true): ManagedDrill {
  return writerChanges({
    name,
    breaks,
    service,
    measures,
    ...(jobsRunAgain === undefined ? {} : { jobsRunAgain }),
    change: async (trial, managed) => {
      const { writer } = managed;
      await trial.breaks(`${writer.host.name}: lost`, () => writer.lose());
      await sleep(noticeSeconds[service] * 1000);
      await managed.promote();
      trial.mark(`${managed.copy.host.name} is promoted`);
    },
  });
}

export const databaseWriterLost = lost(
  "database-writer-lost",
  "postgres",
  "The database's writer is gone at once, network and processes; its copy is promoted after 8 s, then the name moves.",
  ["topUp", "upload"],
);

export const queuesPrimaryLost = lost(
  "queues-primary-lost",
  "queues",
  "The primary of the Redis for queues is gone at once; its replica is promoted after 5 s, then the name moves.",
  ["upload"],
  true,
);

export const cachePrimaryLost = lost(
  "cache-primary-lost",
  "cache",
  "The primary of the Redis for the cache is gone at once; its replica is promoted after 5 s, then the name moves.",
  ["topUp", "upload"],
);
