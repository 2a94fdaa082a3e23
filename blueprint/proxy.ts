import { poolSizePerDatabase } from "../config/connections";
import type { Settings } from "../config/settings";
import { poolsOf, poolMax } from "./processes/pools";
import { ports } from "./ports";
import { tcpKeepalive } from "./tcpKeepalive";
import type { DataProxy, Process } from "./types";

/** Measured: through an outage of 18 s, 7 of 8 clients only waited; a job's attempts are used up after 15 s of refusals. */
const queryWaitTimeoutSeconds = 60;

/** Migrations, timers and operators, beside the application's own pools. */
const furtherClients = 50;

/** The proxy on every application host. */
export function makeProxy(settings: Settings, processes: readonly Process[]): DataProxy {
  return {
    postgresPort: ports.postgres,
    primaryPort: ports.proxyPrimary,
    cachePort: ports.redisCache,
    queuesPort: ports.redisQueues,
    objectsPort: settings.objectStore === "minio" ? ports.minio : null,
    paymentPort: ports.proxyPayment,
    writerPort: ports.writer,
    readerPort: ports.reader,
    writerHoldSeconds: 2,
    tcpKeepalive,
    queryWaitTimeoutSeconds,
    serverConnectTimeoutSeconds: queryWaitTimeoutSeconds,
    // It is also the time in which TLS to a Redis must be agreed on.
    leaderTryMilliseconds: 200,
    serverLoginRetrySeconds: 1,
    checkIntervalMilliseconds: 500,
    checkFall: 2,
    // A second rise would be a whole interval of every gap.
    checkRise: 1,
    poolSizePerDatabase: poolSizePerDatabase(settings),
    maxClientConnections: Math.max(clients(processes, "api"), clients(processes, "worker")) + furtherClients,
  };
}

/** Most connections that the processes of one host can open to PgBouncer. */
function clients(processes: readonly Process[], role: Process["role"]): number {
  return processes
    .filter((process) => process.role === role)
    .reduce((sum, process) => sum + process.instances * poolsOf[process.name] * poolMax[process.name], 0);
}
