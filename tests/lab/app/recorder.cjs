// Preloaded into a process of the workload: tells which pools and Redis clients it makes, then ends it.
const Module = require("node:module");

const made = { pools: [], redis: [] };
const load = Module._load;

function recordingKnex(knex) {
  const recording = (config) => {
    made.pools.push({ connection: config.connection, pool: config.pool, acquireConnectionTimeout: config.acquireConnectionTimeout });
    return knex(config);
  };
  return Object.assign(recording, knex, { default: recording });
}

function recordingRedis(exported) {
  class Redis extends exported.Redis {
    constructor(...given) {
      super({ ...given[0], lazyConnect: true });
      const { host, port, password, tls, maxRetriesPerRequest, commandTimeout, reconnectOnError, keepAlive, enableOfflineQueue } = this.options;
      const delays = [1, 3, 4, 1000].map((times) => this.options.retryStrategy?.(times) ?? null);
      made.redis.push({ host, port, password, tls, maxRetriesPerRequest, commandTimeout, reconnectOnError, keepAlive, enableOfflineQueue, delays });
    }
  }
  return { ...exported, default: Redis, Redis };
}

Module._load = function (name, parent, ...rest) {
  const exported = load.call(this, name, parent, ...rest);
  const own = parent?.filename.includes("/packages/");
  if (own && name === "knex") return recordingKnex(exported);
  return own && name === "ioredis" ? recordingRedis(exported) : exported;
};

setTimeout(() => {
  process.stderr.write(JSON.stringify(made));
  process.exit(0);
}, 300);
