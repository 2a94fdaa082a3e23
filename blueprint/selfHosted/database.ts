import { ownPostgresMajor } from "../../config/ownVersions";
import type { Settings } from "../../config/settings";
import { applicationDatabases, slowStatementMilliseconds } from "../applicationDatabases";
import { ports } from "../ports";
import { tcpKeepalive } from "../tcpKeepalive";
import type { SelfHostedDatabase, Witness } from "../types";

/** A synchronous standby that is gone stalls writes for as long as this; measured 8–15 s with 5000, of which Patroni's loop is the rest. */
const walSenderTimeoutMilliseconds = 4000;

/** A killed Patroni starts again within these (measured 1 to 2 s on two busy cores), and its lease lives for six times as long at the least. */
const roleHoldSeconds = 3;

/** PostgreSQL under Patroni, synchronous, its leases kept honest by witnesses. */
export function makeDatabase(settings: Settings): SelfHostedDatabase {
  return {
    kind: "patroni",
    version: String(ownPostgresMajor),
    port: ports.postgres,
    restPort: ports.patroniRest,
    roomLookSeconds: 5,
    role: { port: ports.databaseRole, pollMilliseconds: 200, holdSeconds: roleHoldSeconds },
    patroni: {
      scope: "bundler-postgres",
      namespace: "/db/",
      // Ttl is only the fallback where witnesses cannot judge: measured 14–22 s at 20.
      ttlSeconds: settings.patroniTtlSeconds,
      // A short loop notices a killed postgres, a lost standby and a changed leader.
      loopWaitSeconds: settings.patroniLoopWaitSeconds,
      retryTimeoutSeconds: settings.patroniRetryTimeoutSeconds,
      // 0 with a synchronous standby: promote at once instead of waiting for a restart (measured 4.0–4.7 s).
      primaryStartTimeoutSeconds: settings.patroniPrimaryStartTimeoutSeconds,
      // Patroni renews the lease of a primary that is stopping for as long as that takes; one with a full volume never ends.
      primaryStopTimeoutSeconds: 10,
      // The guide's 1 MiB; synchronous mode makes it matter only when there is no synchronous standby.
      maximumLagOnFailoverBytes: 1024 * 1024,
      // Asynchronous, a partition lost 12,448 to 14,678 acknowledged rows; synchronous, none.
      synchronousMode: true,
      // Without it, losing two of three etcd members demotes a healthy primary (measured 45 s; with it 0.03 s).
      failsafeMode: true,
      watchdog: "automatic",
    },
    witness: makeWitness(settings),
    databases: [...applicationDatabases],
    parameters: makeParameters(settings),
    maxConnections: settings.databaseMaxConnections,
    walSenderTimeoutMilliseconds,
    tcpKeepalive,
  };
}

/**
 * Measured 4.1–5.0 s from host loss to the next write, against 14–22 s without witnesses; no false verdict under load.
 * Patroni renews once a loop, and may need its retries for that: half of their time is left to it. The application gives
 * jobs up for good that waited longer than about 15 s, so that a primary which stands still must not cost 20.
 */
function makeWitness(settings: Settings): Witness {
  return {
    probeIntervalMilliseconds: 250,
    verdictMilliseconds: settings.witnessVerdictMilliseconds,
    renewalOverdueSeconds: settings.patroniLoopWaitSeconds + Math.ceil(settings.patroniRetryTimeoutSeconds / 2),
    quorum: Math.floor(settings.redisHosts / 2) + 1,
    voteLeaseSeconds: 2,
  };
}

/** Of a volume, the part that WAL kept for an absent standby may fill before its slot is given up: a quarter. */
function slotWalGib(settings: Settings): number {
  return Math.floor(settings.databaseVolumeGib / 4);
}

/** The guide's values (INV-146 to 160, for 8 GiB of memory), and what replication, rewinding and bounded stalls need. */
function makeParameters(settings: Settings): Record<string, string | number | boolean> {
  return {
    max_connections: settings.databaseMaxConnections,
    shared_buffers: "2GB",
    effective_cache_size: "6GB",
    maintenance_work_mem: "512MB",
    work_mem: "5MB",
    wal_buffers: "16MB",
    min_wal_size: "1GB",
    max_wal_size: "4GB",
    checkpoint_completion_target: 0.9,
    default_statistics_target: 100,
    random_page_cost: 1.1,
    effective_io_concurrency: 200,
    max_worker_processes: 4,
    max_parallel_workers: 4,
    max_parallel_workers_per_gather: 2,
    wal_level: "replica",
    // pg_rewind needs it (or checksums, which initdb also switches on): a failed primary then comes back without a copy.
    wal_log_hints: true,
    hot_standby: true,
    max_wal_senders: 10,
    max_replication_slots: 10,
    max_slot_wal_keep_size: `${slotWalGib(settings)}GB`,
    synchronous_commit: "on",
    wal_sender_timeout: walSenderTimeoutMilliseconds,
    wal_receiver_timeout: walSenderTimeoutMilliseconds,
    tcp_keepalives_idle: tcpKeepalive.idleSeconds,
    tcp_keepalives_interval: tcpKeepalive.intervalSeconds,
    tcp_keepalives_count: tcpKeepalive.count,
    tcp_user_timeout: tcpKeepalive.userTimeoutMilliseconds,
    password_encryption: "scram-sha-256",
    shared_preload_libraries: "pg_stat_statements",
    log_min_duration_statement: slowStatementMilliseconds,
    log_checkpoints: true,
    log_lock_waits: true,
    // The application keeps timestamps without a zone (app-contract §9).
    timezone: "UTC",
    log_timezone: "UTC",
  };
}
