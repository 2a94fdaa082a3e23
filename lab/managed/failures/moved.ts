import type { RequestKind } from "../../load/plan";
import type { ManagedDrill } from "../drill";
import type { Paired } from "../services";
import { writerChanges } from "./follow";

/** A planned change of writer: the old one stays alive and takes no writes, so whoever still has a session to it is not helped by waiting. */
function moved(name: string, service: Paired, breaks: string, measures: readonly RequestKind[], jobsRunAgain?: true): ManagedDrill {
  return writerChanges({
    name,
    breaks,
    service,
    measures,
    ...(jobsRunAgain === undefined ? {} : { jobsRunAgain }),
    change: async (trial, managed) => {
      const { writer, copy } = managed;
      await trial.breaks(`${writer.host.name} takes no more writes`, () => managed.handOver());
      trial.mark(`${copy.host.name} takes writes`);
    },
  });
}

export const databaseMoved = moved(
  "database-moved",
  "postgres",
  "Planned: the database's writer becomes a server that only reads, and stays alive with the sessions that it has; its copy takes writes, and the name moves.",
  ["topUp", "upload"],
);

export const queuesMoved = moved(
  "queues-moved",
  "queues",
  "Planned: the primary of the Redis for queues becomes the replica of its replica, and the name moves.",
  ["upload"],
  true,
);
