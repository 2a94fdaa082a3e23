import type { Site } from "../config/settings";

/** What should exist, as plain data. Everything else in the program reads this and nothing types a number twice. */

export type Level = 1 | 2 | 3;
export type { Site } from "../config/settings";
export type Hosting = "selfHosted" | "managed";

/** A kind of host, or of what stands in its place when it is managed. Its folder under `components/` and `hosts/` has the same name, except `api` and `worker`, which are both `app`. */
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

/** What a machine is made of: a host with a place of its own, or any one of a group. */
export interface Machine {
  /** Name in the whole stack, e.g. `db-1`, or `api` of a group. It is identity: never reused for another role. */
  name: string;
  role: HostRole;
  tier: SubnetTier;
  instanceType: string;
  rootGib: number;
  volumes: Volume[];
  /** Processes of the application that run here (empty for other roles). */
  processes: ProcessName[];
}

/** A machine with a place and an address of its own. */
export interface Host extends Machine {
  /** 1-based position among the hosts of its role. */
  index: number;
  zone: string;
  /** Fixed private IPv4 address. */
  address: string;
}

/** Machines of one kind over all zones, as many as are needed, replaced when they are not well. They keep nothing that is not elsewhere too. */
export interface Group extends Machine {
  minimum: number;
  maximum: number;
  /** What the group's size follows; null where the least and the most are the same. */
  scaling: null | { cpuPercent: number; backlogPerMachine: number | null };
  /** How long a machine may drain before it goes: its processes' longest orderly stop. */
  drainSeconds: number;
}

/** One permitted direction of traffic. Becomes a security-group rule by reference, and an nftables rule in the lab. */
export interface Flow {
  from: HostRole | "balancer" | "internet" | "endpoint-clients" | "other-region";
  to: HostRole | "balancer" | "endpoints";
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
  /** A lease that was not renewed for this long is that of a primary that stands still, or of one whose Patroni does. */
  renewalOverdueSeconds: number;
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

export interface TcpKeepalive {
  idleSeconds: number;
  intervalSeconds: number;
  count: number;
  userTimeoutMilliseconds: number;
}

/** PostgreSQL under Patroni on own hosts. */
export interface SelfHostedDatabase {
  kind: "patroni";
  version: string;
  port: number;
  restPort: number;
  role: DatabaseRole;
  /** How often a host looks at the room of its data volume. */
  roomLookSeconds: number;
  patroni: Patroni;
  witness: Witness;
  databases: ApplicationDatabase[];
  /** postgresql.conf settings, as Patroni takes them in the dynamic configuration. */
  parameters: Record<string, string | number | boolean>;
  maxConnections: number;
  walSenderTimeoutMilliseconds: number;
  tcpKeepalive: TcpKeepalive;
}

/** A machine of a managed database. */
export interface DatabaseMember {
  name: string;
  zone: string;
}

/** PostgreSQL that AWS runs: an instance with a standby, a cluster of three, or Aurora. */
export interface ManagedDatabase {
  kind: "rdsInstance" | "rdsCluster" | "aurora";
  /** What AWS knows it by. */
  identifier: string;
  engine: "postgres" | "aurora-postgresql";
  version: string;
  /** Family of its parameter groups, e.g. `postgres17`. */
  family: string;
  port: number;
  /** Private name of the writer, which data proxies follow. */
  writerName: string;
  instanceClass: string;
  /** Machines that the stack places itself, the first one the first writer; AWS places those of an instance and of a cluster of three. */
  members: DatabaseMember[];
  /** Of an instance or a cluster of three; Aurora's grows by itself. */
  storageGib: number;
  databases: ApplicationDatabase[];
  parameters: Record<string, string>;
  maxConnections: number;
  backup: { retentionDays: number; window: string; maintenanceWindow: string };
  monitoring: { intervalSeconds: number; insightsDays: number };
  /** Authority of the server's certificate, which data proxies check. */
  authority: Artifact;
  /** The database over both regions; null below level 3. */
  global: string | null;
  /** Private name of the readers, where hosts may read while there is no writer in their region; null where there always is one. */
  readerName: string | null;
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

/** One replication group of ElastiCache. */
export interface ManagedRedisInstance {
  name: "cache" | "queues";
  /** Private name of the primary, which data proxies follow. */
  primaryName: string;
  port: number;
  nodeType: string;
  /** Nodes over the zones, the primary among them. */
  nodes: number;
  maxmemoryPolicy: RedisInstance["maxmemoryPolicy"];
  /** Whether clients say a password; those of the queues have none to say (app-contract §4). */
  password: boolean;
}

/** Cache and queues as ElastiCache runs them. */
export interface ManagedRedis {
  kind: "elasticache";
  engine: "valkey" | "redis";
  version: string;
  /** Family of its parameter groups, e.g. `valkey8`. */
  family: string;
  instances: ManagedRedisInstance[];
  snapshot: { retentionDays: number; window: string; maintenanceWindow: string };
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
  /** The same bucket in the other region, which this one is copied to; null below level 3. */
  replica: string | null;
}

/** The two regions' MinIO as sites that copy to each other, each by a name that all its hosts share. */
export interface MinioSites {
  own: string;
  other: string;
  /** How often the first region's first host looks whether they are joined. */
  pollSeconds: number;
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
    /** Null below level 3. */
    sites: null | MinioSites;
    artifact: Artifact;
  };
}

/** What sends clients to the other region when this one does not answer. */
export interface Failover {
  traffic: "route53" | "globalAccelerator";
  requestIntervalSeconds: number;
  failureThreshold: number;
}

/** Where clients arrive: HAProxy on own hosts. */
export interface SelfHostedEdge {
  kind: "keepalived" | "nlb";
  /** Off while data move to another hosting, whose edge takes its place. */
  deletionProtection: boolean;
  /** Public hosted zone in which the domain's record is made, at level 3. Null: the stack makes the zone at level 3, and below it somebody else the record. */
  hostedZoneId: string | null;
  /** Null below level 3, where somebody else points the domain at the addresses. */
  failover: null | (Failover & { recordTtlSeconds: number });
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

/** Where clients arrive: an application load balancer; and an internal one, by which workers reach payment-service. */
export interface ManagedEdge {
  kind: "alb";
  /** Off while data move to another hosting, whose edge takes its place. */
  deletionProtection: boolean;
  certificateArn: string;
  sslPolicy: string;
  /** Public hosted zone in which the domain's record is made. Null: the stack makes the zone at level 3, and below it somebody else the record. */
  hostedZoneId: string | null;
  /** What sends clients to the other region when this one does not answer; null below level 3. */
  failover: null | Failover;
  /** Longest silence of a connection: longer than a request waits for the database. */
  idleSeconds: number;
  check: { path: string; intervalSeconds: number; timeoutSeconds: number; count: number };
  /** How long a machine that leaves may end the requests that it has. */
  deregistrationSeconds: number;
  /** Bucket of its access logs, and for how long they are kept. */
  accessLogs: { bucket: string; expireDays: number };
  /** The internal balancer's private name and port. */
  payment: { name: string; port: number };
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
  /** Where bundler_endpoints.py says whether a managed database takes writes, on loopback. */
  writerPort: number;
  /** The same for a reader, where there may be no writer. */
  readerPort: number;
  /** How long its yes outlives a database that does not answer. */
  writerHoldSeconds: number;
  /** How a peer that is gone without a word is found. */
  tcpKeepalive: TcpKeepalive;
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

/** Who may run `payment-workers`: a lease, in etcd where there is one, and otherwise a row of the payment database. */
export interface Singleton {
  key: string;
  leaseSeconds: number;
  renewSeconds: number;
}

/** What every stack has, whoever runs its services. */
export interface CommonBlueprint {
  /** Stack name; part of every AWS name through `names.prefix`. */
  stack: string;
  /** Which of the stack's regions this is. Below level 3 there is the first only. */
  site: Site;
  level: Level;
  region: string;
  domain: string;
  names: { prefix: string };
  image: { ami: string; debianRelease: string };
  artifacts: { release: Artifact; node: Artifact };
  network: Network;
  hosts: Host[];
  groups: Group[];
  flows: Flow[];
  routes: Route[];
  processes: Process[];
  objects: Objects;
  proxy: DataProxy;
  singleton: Singleton;
  /** UTC hour cron-like schedules of platform timers. */
  timers: { verifyBundleMinutes: number; backlogSeconds: number };
  /** `prefix`: what names of secrets begin with, the same in both regions. `replicaRegion`: where they are copied to; null below level 3. */
  secrets: { recoveryWindowDays: number; prefix: string; replicaRegion: string | null };
  /** Of what keeps data; the edge has its own. */
  deletionProtection: boolean;
  /** The other hosting while data move between the two. Only its stores are made; the rest of it says what they are told. */
  beside: Blueprint | null;
  /** Whether the next update may use the other hosting: its stores are there to copy to. */
  hostingMayChange: boolean;
}

/** A metric of CloudWatch's that hosts say. */
export interface Metric {
  namespace: string;
  metric: string;
  dimension: { Name: string; Value: string };
}

/** What rings when the waiting region's database is further behind than what may be lost. */
export interface LagAlarm {
  mostLagSeconds: number;
  /** CloudWatch judges the largest lag of each period, and rings after so many periods. */
  periodSeconds: number;
  periods: number;
}

/** The same where own hosts measure it: who takes writes says the lag to both regions' CloudWatch, and each has an alarm. */
export interface OwnLagAlarm extends LagAlarm {
  /** Of the same name in both regions. */
  metric: Metric;
  /** How often the database that takes writes is asked how far it is, and how far the other. The lag is known that exactly. */
  lookSeconds: number;
  /** After so many looks the largest lag is said. */
  looks: number;
}

/** What a region of own hosts knows of the stack's other one. One of them takes writes; the other's database follows it, and waits. */
export interface RegionPair {
  other: { site: Site; region: string; vpcCidr: string; hosts: Host[] };
  /** Parameter, of the same name in each region, that says which site is to take writes. The one written last counts. */
  parameter: string;
  /** Replication slot by which the waiting region's database follows. */
  slot: string;
  /** How often a database host looks at the parameters. */
  pollSeconds: number;
  /** How long a region's clients are kept away before its database is handed over: longer than a data proxy takes to cut their sessions. */
  settleSeconds: number;
  /** How long the other region must have said nothing, or nothing sensible, before this one takes over without it; and how long a host that starts waits for it. */
  silentSeconds: number;
  /** How long a region is without a writer before its workers are stopped. */
  workersSeconds: number;
  /** Port at which a database host says whether it may be read while its region waits. */
  readerPort: number;
  /** Path at which an edge host says whether its region takes writes: what Route 53 asks. */
  path: string;
  lag: OwnLagAlarm;
}

/** Everything on own hosts. */
export interface SelfHostedBlueprint extends CommonBlueprint {
  hosting: "selfHosted";
  /** Null below level 3. */
  pair: null | RegionPair;
  database: SelfHostedDatabase;
  redis: SelfHostedRedis;
  etcd: Etcd;
  edge: SelfHostedEdge;
}

/** The cloud's own services, and the application on groups of hosts. */
export interface ManagedBlueprint extends CommonBlueprint {
  hosting: "managed";
  /** Private hosted zone of the names by which hosts know the services: user data is written before AWS names them. */
  internalZone: { name: string; ttlSeconds: number };
  /** Bucket of the platform's own programs, which are more than user data has room for. */
  programs: { bucket: string };
  database: ManagedDatabase;
  /** The RDS instance that the database is moved from; null when it is not. */
  former: null | FormerDatabase;
  redis: ManagedRedis;
  edge: ManagedEdge;
}

/** A database that is moved from, and how far the move is. */
export interface FormerDatabase {
  database: ManagedDatabase;
  /** `copy`: the new one follows it, and hosts use it. `cutOver`: the new one stands alone, and hosts use that. `letGo`: the old one may be deleted. */
  step: "copy" | "cutOver" | "letGo";
}

export type Blueprint = SelfHostedBlueprint | ManagedBlueprint;
