import type { DerivedKey, NullableKey, RequiredKey, Settings } from "./keys";

/** What a level decides when the stack file does not. */
export type LevelDefaults = Omit<Settings, "stack" | "site" | "level" | RequiredKey | NullableKey | DerivedKey>;

/**
 * Sources: counts are the guide's level 1 as corrected by its audit (two workers, three PostgreSQL hosts, the etcd
 * members named); timings are measured and explained where the blueprint uses them; instance types are the guide's,
 * with 8 GiB for PostgreSQL's 2 GB of shared buffers and 6 GB of cache.
 */
const level1: LevelDefaults = {
  hosting: "selfHosted",
  compute: "ec2",
  region: "us-east-1",
  appEnvironment: {},
  vpcCidr: "10.20.0.0/16",
  standbyVpcCidr: "10.21.0.0/16",
  traffic: "route53",
  interfaceEndpoints: ["secretsmanager", "ssm", "ssmmessages"],
  edge: "keepalived",
  certificate: "secret",
  acmeDirectoryUrl: "https://acme-v02.api.letsencrypt.org/directory",
  objectStore: "s3",
  minioHosts: 6,
  minioDrivesPerHost: 2,
  minioParity: 4,
  ami: "resolve:ssm:/aws/service/debian/release/13/latest/amd64",
  edgeInstanceType: "t3.small",
  apiInstanceType: "t3.large",
  workerInstanceType: "t3.xlarge",
  databaseInstanceType: "t3.large",
  redisInstanceType: "t3.large",
  objectsInstanceType: "t3.large",
  managedDatabase: "rdsInstance",
  databaseEngineVersion: "17.7",
  databaseInstanceClass: "db.t4g.large",
  databaseBackupDays: 7,
  cacheNodeType: "cache.t4g.medium",
  queuesNodeType: "cache.t4g.medium",
  redisEngineVersion: "8.0",
  redisReplicas: 1,
  redisSnapshotDays: 7,
  edgeHosts: 2,
  standbyApiHosts: 3,
  apiHosts: 2,
  workerHosts: 2,
  databaseHosts: 3,
  redisHosts: 3,
  databaseVolumeGib: 100,
  redisVolumeGib: 20,
  minioVolumeGib: 200,
  databaseMaxConnections: 200,
  patroniTtlSeconds: 20,
  patroniLoopWaitSeconds: 3,
  patroniRetryTimeoutSeconds: 7,
  patroniPrimaryStartTimeoutSeconds: 0,
  witnessVerdictMilliseconds: 1500,
  redisDownAfterMilliseconds: 500,
  redisMinReplicasMaxLagSeconds: 2,
  vrrpAdvertSeconds: 0.2,
  deletionProtection: true,
  secretRecoveryWindowDays: 7,
};

/**
 * Sources: counts are the guide's level 2. A burst type that has used up its credits is a host that fails slowly, which no
 * level above the first may promise on: the types are the guide's sizes (cores and memory) in families without credits.
 * Connections are for twice the application hosts, to which managed groups may grow.
 */
const level2: LevelDefaults = {
  ...level1,
  hosting: "managed",
  edgeInstanceType: "c7i.large",
  apiInstanceType: "m7i.large",
  workerInstanceType: "m7i.xlarge",
  databaseInstanceType: "m7i.large",
  redisInstanceType: "m7i.large",
  objectsInstanceType: "m7i.large",
  managedDatabase: "aurora",
  databaseInstanceClass: "db.r7g.large",
  // The longest that RDS keeps: audit A22.
  databaseBackupDays: 35,
  cacheNodeType: "cache.m7g.large",
  queuesNodeType: "cache.m7g.large",
  apiHosts: 6,
  workerHosts: 3,
  databaseMaxConnections: 400,
};

/** Level 2 in each of two regions, and a second replica of each Redis, so that one is left while another is replaced. */
const level3: LevelDefaults = {
  ...level2,
  redisReplicas: 2,
};

/** The table of levels. */
export const levels: Record<Settings["level"], LevelDefaults> = { 1: level1, 2: level2, 3: level3 };

/** Defaults of a level. */
export function defaultsOf(level: Settings["level"]): LevelDefaults {
  return levels[level];
}
