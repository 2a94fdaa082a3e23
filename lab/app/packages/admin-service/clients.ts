import { Queue } from "bullmq";
import { Redis } from "ioredis";
import knex, { type Knex } from "knex";
import { integer, value } from "../common/environment";
import { log, reason } from "../common/log";
import { getQueue } from "../upload-service/lib/arch/queues/config";
import { jobLabels } from "../upload-service/lib/constants";

/** What the dashboard is connected to. */
export interface Clients {
  cache: Redis;
  queueRedis: Redis;
  uploadDb: Knex;
  paymentDb: Knex;
  queues: Queue[];
}

/** Queues of payments that the dashboard shows: it does not show `payment-arns-refund`. */
const paymentQueueNames = ["payment-pending-tx", "payment-admin-credit"];

/** The dashboard's own clients, and the upload service's queues, which read the other family of variables. */
export function makeClients(): Clients {
  const queueAddress = { host: value("REDIS_QUEUE_HOST") ?? "localhost", port: integer("REDIS_QUEUE_PORT", 6381), maxRetriesPerRequest: null };
  const paymentQueues = paymentQueueNames.map((name) => new Queue(name, { connection: queueAddress }));
  return {
    // After three tries it never comes back: the dashboard is restarted then.
    cache: watched(
      "cache",
      new Redis({
        host: value("REDIS_CACHE_HOST") ?? "localhost",
        port: integer("REDIS_CACHE_PORT", 6379),
        maxRetriesPerRequest: 3,
        retryStrategy: (times) => (times > 3 ? null : Math.min(times * 100, 1_000)),
      }),
    ),
    queueRedis: watched("queues", new Redis(queueAddress)),
    uploadDb: database("upload_service"),
    paymentDb: database("payment_service"),
    queues: [...Object.values(jobLabels).map(getQueue), ...paymentQueues],
  };
}

/** The reader only, whatever the writer is; the timeout is a startup parameter. */
function database(name: string): Knex {
  return knex({
    client: "postgresql",
    connection: {
      host: value("DB_READER_ENDPOINT") ?? value("DB_HOST") ?? "localhost",
      port: integer("DB_PORT", 5432),
      database: name,
      user: value("DB_USER") ?? "postgres",
      password: value("DB_PASSWORD") ?? "",
      statement_timeout: integer("ADMIN_DB_STATEMENT_TIMEOUT_MS", 15_000),
      application_name: "ar-io-admin-dashboard",
    },
    pool: { min: 1, max: 3 },
  });
}

function watched(name: string, redis: Redis): Redis {
  redis.on("error", (fault: unknown) => {
    log("error", `${name}: error`, { error: reason(fault) });
  });
  return redis;
}
