import { Redis } from "ioredis";
import CircuitBreaker from "opossum";
import { integer, value } from "../../../common/environment";
import { log, reason } from "../../../common/log";

type Task = () => Promise<unknown>;

/** The cache Redis behind a circuit breaker: whoever uses it has a way on without it. */
export class Cache {
  private readonly breaker: CircuitBreaker<[Task]>;

  constructor(private readonly redis: Redis = connect()) {
    this.breaker = new CircuitBreaker<[Task]>(
      async (task) => {
        if (this.redis.status !== "ready") throw new Error(`cache: not ready, ${this.redis.status}`);
        return task();
      },
      { timeout: 3_000, errorThresholdPercentage: 10, resetTimeout: 30_000 },
    );
  }

  /** Runs a command. Throws when Redis is away, slow (3 s), or was just now (30 s). */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    return (await this.breaker.fire(() => command(this.redis))) as T;
  }
}

/** ioredis as it is, without a cluster: its own retries, no command timeout, no reconnection on an error's text. */
function connect(): Redis {
  const password = value("ELASTICACHE_PASSWORD");
  const redis = new Redis({
    host: value("ELASTICACHE_HOST") ?? "redis",
    port: integer("ELASTICACHE_PORT", 6379),
    ...(password === undefined ? {} : { password }),
    ...(value("ELASTICACHE_USE_TLS") === "true" ? { tls: {} } : {}),
  });
  redis.on("error", (fault: unknown) => {
    log("error", "cache error", { error: reason(fault) });
  });
  return redis;
}
