/** What should exist, as plain data. Everything else in the program reads this and nothing types a number twice. */

export type Level = 1 | 2 | 3;
export type Hosting = "selfHosted" | "managed";

/** A kind of host. Its folder under `components/` and `hosts/` has the same name, except `api` and `worker`, which are both `app`. */
export type HostRole = "edge" | "api" | "worker" | "database" | "redis" | "objects";
export type SubnetTier = "public" | "private" | "data";

/** A caller-supplied file, fetched over https:// or s3:// and refused unless its SHA-256 matches. */
export interface Artifact {
  url: string;
  sha256: string;
}

export interface Zone {
  /** Availability zone, e.g. `us-east-1a`. */
  name: string;
  /** Last letter of the zone, part of resource names. */
  letter: string;
  cidrs: Record<SubnetTier, string>;
}

export interface Network {
  vpcCidr: string;
  zones: Zone[];
  /** AWS services reached through an interface endpoint in every zone, e.g. `secretsmanager`. S3 always has a gateway endpoint. */
  interfaceEndpoints: string[];
  flowLogRetentionDays: number;
}

/** A data volume, kept when its host is replaced. */
export interface Volume {
  /** Name within its host, e.g. `data`; in the stack it is `<host>-<name>`. */
  name: string;
  /** Device name given to EC2, e.g. `/dev/sdf`. */
  device: string;
  mountPoint: string;
  sizeGib: number;
  iops: number;
  throughputMibps: number;
}

export interface Host {
  /** Name of the host in the whole stack, e.g. `db-1`. It is identity: never reused for another role. */
  name: string;
  role: HostRole;
  /** 1-based position among the hosts of its role. */
  index: number;
  zone: string;
  tier: SubnetTier;
  /** Fixed private IPv4 address. */
  address: string;
  instanceType: string;
  rootGib: number;
  volumes: Volume[];
  /** Processes of the application that run here (empty for other roles). */
  processes: ProcessName[];
}

/** One permitted direction of traffic. Becomes a security-group rule by reference, and an nftables rule in the lab. */
export interface Flow {
  from: HostRole | "internet" | "endpoint-clients";
  to: HostRole | "endpoints";
  protocol: "tcp" | "vrrp";
  /** TCP port; 0 for vrrp. */
  port: number;
  /** What breaks without it. */
  why: string;
}

export type ProcessName = "payment-service" | "upload-api" | "upload-workers" | "payment-workers" | "admin-dashboard";

/** Secrets Manager containers. Full name: `${names.prefix}/${SecretName}`. */
export type SecretName =
  | "database-admin" // generated: superuserPassword, replicationPassword, rewindPassword, restPassword
  | "database-owner" // generated: DB_PASSWORD (role `bundler`, owner of both application databases)
  | "redis-admin" // generated: replicaPassword, sentinelPassword (ACL users `replica`, `sentinel`)
  | "redis-cache" // generated: ELASTICACHE_PASSWORD
  | "application" // generated: PRIVATE_ROUTE_SECRET, JWT_SECRET, ADMIN_SESSION_SECRET, ADMIN_SETUP_TOKEN
  | "application-external" // container only, set by the operator: STRIPE_SECRET_KEY, ...
  | "objects-admin" // generated, MinIO only: MINIO_ROOT_USER, MINIO_ROOT_PASSWORD
  | "objects-app" // generated, MinIO only: S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY
  | "wallet" // container only: the Arweave JWK, as JSON text
  | "raw-data-item-wallet" // container only: second JWK
  | "edge-certificate" // container only: PEM bundle for the public name
  | "tls-database" // generated: ca, certificate, privateKey (PEM) for internal TLS
  | "tls-redis"
  | "tls-objects"
  | "tls-app"; // client certificate of API and worker hosts

/** A value of one JSON key of a secret (or of the whole secret when `key` is absent). */
export interface SecretRef {
  secret: SecretName;
  key?: string;
  /** The key may be absent (or its container unfilled): the process then runs without it. Absent means required. */
  optional?: true;
}

/** A file that a process reads and that is made from a secret. */
export interface SecretFile {
  path: string;
  from: SecretRef;
}

/** One of the application's five processes: how it is started and everything it reads. */
export interface Process {
  name: ProcessName;
  /** Working directory inside the release, e.g. `packages/payment-service`. */
  directory: string;
  /** Entry script relative to `directory`. */
  entry: string;
  /** HTTP port, or null when the process has none. */
  port: number | null;
  /** Metrics port, or null. */
  metricsPort: number | null;
  /** Role of the hosts that run it. */
  role: "api" | "worker";
  /** How many run in the whole platform: one per host of its role, one on the first host of its role, or one that moves. */
  placement: "everyHost" | "firstHost" | "singleton";
  /** Instances per host (systemd template instances). */
  instances: number;
  environment: Record<string, string>;
  /** Environment variables whose values are secrets. */
  secretEnvironment: Record<string, SecretRef>;
  secretFiles: SecretFile[];
  /** Longest orderly stop. */
  stopSeconds: number;
}

export type Service = "upload" | "payment" | "deny";

/** One row of the public route table, in order; the first match wins. */
export interface Route {
  path: string;
  match: "exact" | "prefix";
  service: Service;
}

export interface Patroni {
  scope: string;
  namespace: string;
  ttlSeconds: number;
  loopWaitSeconds: number;
  retryTimeoutSeconds: number;
  primaryStartTimeoutSeconds: number;
  /** Longest orderly stop of a primary; then it is killed, which loses nothing with a synchronous standby. */
  primaryStopTimeoutSeconds: number;
  maximumLagOnFailoverBytes: number;
  synchronousMode: boolean;
  failsafeMode: boolean;
  watchdog: "off" | "automatic" | "required";
}

export interface Witness {
  probeIntervalMilliseconds: number;
  /** How long a primary must be out of reach before a witness votes. */
  verdictMilliseconds: number;
  /** Votes that end the lease. */
  quorum: number;
  voteLeaseSeconds: number;
}

/** What each database host tells the data proxies: whether it has the primary. */
export interface DatabaseRole {
  port: number;
  /** How often it asks its Patroni. */
  pollMilliseconds: number;
  /** How long Patroni's last yes outlives a Patroni that was killed. Far below the lease, which nobody else can have until it ends. */
  holdSeconds: number;
}

export interface ApplicationDatabase {
  name: string;
  owner: string;
}

export interface SelfHostedDatabase {
  kind: "patroni";
  version: string;
  port: number;
  restPort: number;
  role: DatabaseRole;
  patroni: Patroni;
  witness: Witness;
  databases: ApplicationDatabase[];
  /** postgresql.conf settings, as Patroni takes them in the dynamic configuration. */
  parameters: Record<string, string | number | boolean>;
  maxConnections: number;
  walSenderTimeoutMilliseconds: number;
  tcpKeepalive: { idleSeconds: number; intervalSeconds: number; count: number; userTimeoutMilliseconds: number };
}

export interface RedisInstance {
  /** `cache` or `queues`: also the Sentinel master name's suffix (`bundler-cache`). */
  name: "cache" | "queues";
  masterName: string;
  port: number;
  /** Of its own Sentinels: two masters of one Sentinel, lost together, would spoil each other's vote. */
  sentinelPort: number;
  maxmemoryMib: number;
  maxmemoryPolicy: "noeviction" | "allkeys-lru" | "volatile-lru";
}

export interface SelfHostedRedis {
  kind: "sentinel";
  instances: RedisInstance[];
  sentinel: {
    quorum: number;
    downAfterMilliseconds: number;
    failoverTimeoutMilliseconds: number;
    parallelSyncs: number;
  };
  minReplicasToWrite: number;
  minReplicasMaxLagSeconds: number;
}

/** etcd, on the Redis hosts (never on the database hosts). */
export interface Etcd {
  clientPort: number;
  peerPort: number;
  heartbeatMilliseconds: number;
  electionMilliseconds: number;
  quotaBytes: number;
}

export interface Bucket {
  name: string;
  purpose: "data" | "backup";
}

export interface Objects {
  kind: "s3" | "minio";
  buckets: Bucket[];
  lifecycle: {
    abortMultipartDays: number;
    /** Expiry of `bundle-payload/`, `bundle/` and `chunks/`, which the application never deletes. */
    expireWorkPrefixesDays: number;
    noncurrentToGlacierDays: number;
    noncurrentExpireDays: number;
  };
  /** Only for MinIO. */
  minio: null | {
    drivesPerHost: number;
    parity: number;
    port: number;
    consolePort: number;
    /** Packets that are sent again to a host that does not acknowledge them, before a connection to it is given up. The first after 0.2 s, each next after twice the time. */
    peerRetries: number;
    /** The same for the first packet of a connection; the first after 1 s. */
    peerSynRetries: number;
    artifact: Artifact;
  };
}

export interface Edge {
  kind: "keepalived" | "nlb";
  certificate: { source: "secret" } | { source: "acme"; email: string; directoryUrl: string };
  vrrp: { routerId: number; advertSeconds: number; scriptIntervalSeconds: number; scriptFall: number };
  /** Timings of the public HAProxy towards the API hosts. */
  http: {
    connectMilliseconds: number;
    clientSeconds: number;
    uploadServerSeconds: number;
    paymentServerSeconds: number;
    checkIntervalMilliseconds: number;
    checkFastIntervalMilliseconds: number;
    checkFall: number;
    checkRise: number;
    maxBodyBytes: number;
  };
  certificatePollSeconds: number;
}

/** The proxy on every application host: PgBouncer and HAProxy on loopback (the application's constant contract). */
export interface DataProxy {
  /** PgBouncer, transaction mode. */
  postgresPort: number;
  /** HAProxy in front of the Patroni primary, used by PgBouncer only. */
  primaryPort: number;
  cachePort: number;
  queuesPort: number;
  /** Object store on loopback; null when it is S3. */
  objectsPort: number | null;
  /** Payment service for upload-api and upload-workers: nearest healthy one. */
  paymentPort: number;
  queryWaitTimeoutSeconds: number;
  /** How long PgBouncer waits for a connection to the primary: as long as its clients wait for it. */
  serverConnectTimeoutSeconds: number;
  /** How often a connection that waits for a leader, of PostgreSQL or of a Redis, looks for one. */
  leaderTryMilliseconds: number;
  serverLoginRetrySeconds: number;
  checkIntervalMilliseconds: number;
  checkFall: number;
  checkRise: number;
  /** Server connections of one host to the primary, for each application database. */
  poolSizePerDatabase: number;
  maxClientConnections: number;
}

/** Who may run `payment-workers`: a lease in etcd. */
export interface Singleton {
  key: string;
  leaseSeconds: number;
  renewSeconds: number;
}

export interface Blueprint {
  /** Stack name; part of every AWS name through `names.prefix`. */
  stack: string;
  level: Level;
  hosting: Hosting;
  region: string;
  domain: string;
  names: { prefix: string };
  image: { ami: string; debianRelease: string };
  artifacts: { release: Artifact; node: Artifact };
  network: Network;
  hosts: Host[];
  flows: Flow[];
  routes: Route[];
  processes: Process[];
  database: SelfHostedDatabase;
  redis: SelfHostedRedis;
  etcd: Etcd;
  objects: Objects;
  edge: Edge;
  proxy: DataProxy;
  singleton: Singleton;
  /** UTC hour cron-like schedules of platform timers. */
  timers: { verifyBundleMinutes: number };
  secrets: { recoveryWindowDays: number };
  deletionProtection: boolean;
}
