import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import type { ProcessName } from "../../../blueprint/types";
import { processes, run } from "./processes";

const recordSchema = z.object({
  pools: z.array(z.looseObject({ connection: z.union([z.string(), z.looseObject({})]), pool: z.looseObject({ min: z.number(), max: z.number() }) })),
  redis: z.array(z.looseObject({ port: z.number(), delays: z.array(z.number().nullable()) })),
});
type Made = z.infer<typeof recordSchema>;

/** What the application's processes open (app-contract §3.4 and §4). */
const pools: Record<ProcessName, number> = { "payment-service": 4, "payment-workers": 8, "upload-api": 2, "upload-workers": 5, "admin-dashboard": 2 };

describe("the workload's clients", function () {
  this.timeout(300_000);
  const made = new Map<ProcessName, Made>();

  before(async () => {
    for (const process of processes) {
      const { status, stdout, stderr } = await run(process, { preload: [join(__dirname, "recorder.cjs")] });
      assert.equal(status, 0, `${process.name}: ${stdout}${stderr}`);
      made.set(process.name, recordSchema.parse(JSON.parse(stderr.slice(stderr.indexOf('{"pools"')))));
    }
  });

  const of = (name: ProcessName): Made => made.get(name) ?? { pools: [], redis: [] };

  it("open as many pools as the application", () => {
    assert.deepEqual(Object.fromEntries([...made].map(([name, { pools: list }]) => [name, list.length])), pools);
  });

  it("connect with the application's string, sizes and timeouts", () => {
    for (const name of ["payment-service", "payment-workers", "upload-api", "upload-workers"] as const) {
      const database = name.startsWith("payment") ? "payment_service" : "upload_service";
      for (const { connection, pool, ...rest } of of(name).pools) {
        assert.equal(connection, `postgres://bundler:a-db_password@127.0.0.1:5432/${database}?sslmode=disable`);
        assert.deepEqual(pool, { min: 0, max: 8, acquireTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, reapIntervalMillis: 1_000 });
        assert.deepEqual(rest, { acquireConnectionTimeout: 10_000 });
      }
    }
    for (const { pool, connection } of of("admin-dashboard").pools) {
      assert.deepEqual(pool, { min: 1, max: 3 });
      assert.equal(z.looseObject({ statement_timeout: z.number() }).parse(connection).statement_timeout, 15_000);
    }
  });

  it("give the cache ioredis as it is, with a password", () => {
    for (const name of ["upload-api", "upload-workers"] as const) {
      const [cache, ...others] = of(name).redis.filter(({ port }) => port === 6379);
      assert.equal(others.length, 0);
      assert.deepEqual(cache, {
        host: "127.0.0.1",
        port: 6379,
        password: "a-elasticache_password",
        maxRetriesPerRequest: 20,
        reconnectOnError: null,
        keepAlive: 0,
        enableOfflineQueue: true,
        delays: [50, 150, 200, 2_000],
      });
    }
  });

  it("share one queue client among the sixteen workers, which waits for Redis for ever", () => {
    const [queues, ...others] = of("upload-workers").redis.filter(({ port }) => port === 6381);
    assert.equal(others.length, 0);
    assert.equal(queues?.["maxRetriesPerRequest"], null);
    assert.equal(queues["password"], null);
    assert.equal(queues["reconnectOnError"], null);
    assert.deepEqual(queues.delays, [50, 150, 200, 2_000]);
  });

  it("let the dashboard's cache client give up after three tries", () => {
    const [cache] = of("admin-dashboard").redis;
    assert.equal(cache?.["maxRetriesPerRequest"], 3);
    assert.deepEqual(cache.delays, [100, 300, null, null]);
  });
});
