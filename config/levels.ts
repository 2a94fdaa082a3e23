import type { DerivedKey, NullableKey, RequiredKey, Settings } from "./keys";

/** What a level decides when the stack file does not. */
export type LevelDefaults = Omit<Settings, "stack" | "level" | RequiredKey | NullableKey | DerivedKey>;

/**
 * The table of levels.
 *
 * Sources: counts are the guide's level 1 as corrected by its audit (two workers, three PostgreSQL hosts, the etcd
 * members named); timings are measured and explained where the blueprint uses them; instance types are the guide's,
 * with 8 GiB for PostgreSQL's 2 GB of shared buffers and 6 GB of cache.
 */
export const levels: Record<1, LevelDefaults> = {
  1: {
    hosting: "selfHosted",
    compute: "ec2",
    region: "us-east-1",
    appEnvironment: {},
    vpcCidr: "10.20.0.0/16",
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
    edgeHosts: 2,
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
    redisDownAfterMilliseconds: 600,
    redisMinReplicasMaxLagSeconds: 2,
    vrrpAdvertSeconds: 0.2,
    deletionProtection: true,
    secretRecoveryWindowDays: 7,
  },
};
