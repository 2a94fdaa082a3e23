/** TCP ports, each once. The application's are its own defaults (app-contract: its deployment file hard-codes them). */
export const ports = {
  http: 80,
  https: 443,
  uploadApi: 3001,
  adminDashboard: 3002,
  paymentService: 4001,
  uploadApiMetrics: 9301,
  uploadWorkersMetrics: 9311,
  postgres: 5432,
  patroniRest: 8008,
  databaseRole: 8009,
  redisCache: 6379,
  redisQueues: 6381,
  sentinelCache: 26379,
  sentinelQueues: 26381,
  etcdClient: 2379,
  etcdPeer: 2380,
  minio: 9000,
  minioConsole: 9001,
  /** On loopback of an application host: HAProxy towards the PostgreSQL primary, for PgBouncer only. */
  proxyPrimary: 5433,
  /** On loopback of an application host: HAProxy towards the nearest healthy payment-service. */
  proxyPayment: 4101,
  /** On loopback of an application host: whether the managed database at the data proxy's address takes writes. */
  writer: 8010,
  /** The same for a reader. */
  reader: 8011,
  /** On a database host of two regions: whether it may be read while its region waits. */
  databaseReader: 8012,
} as const;

/** Where clients come: http, which only redirects, and https. */
export const publicPorts = [ports.http, ports.https] as const;
