import type { z } from "zod";
import { cidr, cidrs, choice, decimal, environment, flag, integer, list, oneOf, text, type KeySpec } from "./kinds";

const sha256 = /^[0-9a-fA-F]{64}$/;
const artifactUrl = /^(https|s3):\/\/[^\s/]+\/\S+$/;
const instanceType = /^[a-z0-9-]+\.(nano|micro|small|medium|large|\d*xlarge|metal[a-z0-9-]*)$/;

function artifact(what: string) {
  return text(artifactUrl, "an https:// or s3:// address of a file", `Where hosts fetch ${what}.`);
}

function digest(what: string) {
  return text(
    sha256,
    "64 hexadecimal digits",
    `SHA-256 of ${what}; a host refuses a file that differs.`,
    "take it from `sha256sum` of the file that you published",
  );
}

const databaseClass = /^db\.[a-z0-9-]+\.(micro|small|medium|large|\d*xlarge)$/;
const cacheType = /^cache\.[a-z0-9-]+\.(micro|small|medium|large|\d*xlarge)$/;

function cacheNode(what: string) {
  return text(cacheType, "an ElastiCache node type, such as cache.r7g.large", `Node type of the managed Redis for ${what}.`);
}

function machine(role: string) {
  return text(instanceType, "an EC2 instance type, such as t3.large", `Instance type of the ${role} hosts (x86-64).`);
}

/** Every key of a stack file, in the order of the documentation. Keys are flat; what can be derived has no key. */
export const keys = {
  level: oneOf([1, 2, 3], "Availability level."),
  hosting: choice(["selfHosted", "managed"], "Own hosts, or the cloud's managed services."),
  compute: choice(["ec2", "kubernetes"], "What the application runs on."),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, such as us-east-1", "Region of the whole stack."),
  zones: list(/^[a-z0-9-]+$/, "a list of availability zones", "Availability zones, 3 or 4; the first hosts of a role go to the first zones."),
  standbyRegion: text(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    "an AWS region, such as us-west-2",
    "Second region, which takes over when the first is lost; needed at level 3.",
  ),
  standbyZones: list(/^[a-z0-9-]+$/, "a list of availability zones", "Availability zones of the second region, 3 or 4."),
  domain: text(
    /^(?=.{4,45}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    "a host name in lower case, at most 45 characters (bucket names are made from it)",
    "Public name of the bundler.",
    "set it to the name that clients will use",
  ),
  releaseUrl: artifact("the application's release"),
  releaseSha256: digest("the release"),
  nodeUrl: artifact("Node (>= 22.12, linux-x64, tar.gz)"),
  nodeSha256: digest("the Node archive"),
  arweaveAddress: text(/^[A-Za-z0-9_-]{43}$/, "an Arweave address (43 characters)", "Public address of the wallet."),
  x402PaymentAddress: text(/^0x[0-9a-fA-F]{40}$/, "0x and 40 hexadecimal digits", "Receives x402 payments."),
  solanaAddress: text(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, "a Solana address (base58)", "Receives ARIO and SOL."),
  ethereumAddress: text(/^0x[0-9a-fA-F]{40}$/, "0x and 40 hexadecimal digits", "Receives ETH; without it the application offers none."),
  appEnvironment: environment("Further environment variables for the application's five processes; never secrets."),
  vpcCidr: cidr(24, "Network of the VPC."),
  standbyVpcCidr: cidr(24, "Network of the VPC in the second region."),
  publicCidrs: cidrs("Public subnets (edge hosts, NAT)."),
  privateCidrs: cidrs("Private subnets (application hosts)."),
  dataCidrs: cidrs("Data subnets (database, Redis and object hosts)."),
  interfaceEndpoints: list(
    /^(ec2|ec2messages|ecr\.api|ecr\.dkr|kms|logs|monitoring|secretsmanager|ssm|ssmmessages|sts)$/,
    "a list out of ec2, ec2messages, ecr.api, ecr.dkr, kms, logs, monitoring, secretsmanager, ssm, ssmmessages, sts",
    "AWS services that get an interface endpoint in every zone.",
  ),
  edge: choice(["keepalived", "nlb"], "How clients reach the two edge hosts: a moving Elastic IP, or a network load balancer."),
  certificate: choice(["secret", "acme"], "Where the public certificate comes from: the secret edge-certificate, or an ACME authority."),
  acmeEmail: text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address", "Account of the ACME authority; needed with `certificate: acme`."),
  acmeDirectoryUrl: text(/^https:\/\/\S+$/, "an https:// address", "Directory of the ACME authority."),
  certificateArn: text(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "an ARN of ACM, arn:aws:acm:<region>:<account>:certificate/<id>",
    "Certificate of the public name at the managed load balancer; needed with `hosting: managed`.",
  ),
  standbyCertificateArn: text(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "an ARN of ACM, arn:aws:acm:<region>:<account>:certificate/<id>",
    "Certificate of the public name in the second region; needed at level 3 with `hosting: managed`.",
  ),
  traffic: choice(["route53", "globalAccelerator"], "What sends clients to the second region: the domain's failover records, or a global accelerator."),
  hostedZoneId: text(
    /^Z[A-Z0-9]{5,31}$/,
    "an id of Route 53, such as Z0123456789ABCDEFGHIJ",
    "Public hosted zone in which the domain's record is made (managed, and at level 3); at level 3 the stack makes one for the domain when none is given.",
  ),
  objectStore: choice(["s3", "minio"], "Where data items are kept."),
  minioUrl: artifact("the MinIO server program"),
  minioSha256: digest("the MinIO server program"),
  minioHosts: integer(4, 9, "MinIO hosts."),
  minioDrivesPerHost: integer(1, 4, "Volumes of each MinIO host."),
  minioParity: integer(2, 8, "Parity drives of an erasure set (EC:n)."),
  ami: text(/^(ami-[0-9a-f]{8,17}|resolve:ssm:\/\S+)$/, "ami-… or resolve:ssm:/…", "Image of every host: Debian 13, plain or baked."),
  edgeInstanceType: machine("edge"),
  apiInstanceType: machine("API"),
  workerInstanceType: machine("worker"),
  databaseInstanceType: machine("database"),
  redisInstanceType: machine("Redis"),
  objectsInstanceType: machine("MinIO"),
  managedDatabase: choice(["rdsInstance", "rdsCluster", "aurora"], "The managed PostgreSQL: an instance with a standby, a cluster of three, or Aurora."),
  databaseMove: choice(
    ["copy", "cutOver", "letGo"],
    "A step of moving the data of an RDS instance to managedDatabase: the new one follows the old; the new one is used; the old one may go (docs/operations.md).",
  ),
  hostingMove: choice(
    ["copy", "cutOver", "letGo"],
    "A step of moving the data to hosting from the other one: its stores are made and the other hosting is used; hosting is used; the other's stores may go (docs/operations.md).",
  ),
  databaseEngineVersion: text(/^1[67]\.\d{1,2}$/, "16.n or 17.n", "Version of the managed PostgreSQL."),
  databaseInstanceClass: text(databaseClass, "an RDS instance class, such as db.r7g.large", "Class of the managed PostgreSQL's machines."),
  databaseBackupDays: integer(1, 35, "Days that the managed PostgreSQL can be restored to any second of."),
  databaseCaUrl: artifact("the authorities of the managed PostgreSQL's certificate (AWS: truststore.pki.rds.amazonaws.com)"),
  databaseCaSha256: digest("those authorities"),
  cacheNodeType: cacheNode("the cache"),
  queuesNodeType: cacheNode("the queues"),
  redisEngineVersion: text(/^(7\.2|8\.[0-2])$/, "7.2, 8.0, 8.1 or 8.2", "Version of the managed Redis (Valkey)."),
  redisReplicas: integer(1, 5, "Replicas of each managed Redis, beside its primary."),
  redisSnapshotDays: integer(1, 35, "Days for which a managed Redis's daily snapshots are kept."),
  edgeHosts: integer(2, 9, "Edge hosts."),
  apiHosts: integer(2, 100, "Hosts of payment-service and upload-api."),
  workerHosts: integer(2, 100, "Hosts of upload-workers and of the one payment-workers."),
  standbyApiHosts: integer(2, 99, "API hosts that are warm in the second region."),
  apiMaxHosts: integer(2, 200, "Most hosts to which a managed group of API hosts grows."),
  workerMaxHosts: integer(2, 200, "Most hosts to which a managed group of worker hosts grows."),
  databaseHosts: integer(3, 4, "PostgreSQL members, at most one in each zone."),
  redisHosts: integer(1, 9, "Redis, Sentinel and etcd members: 3, 5 or 7."),
  databaseVolumeGib: integer(20, 16384, "Data volume of a database host, GiB."),
  redisVolumeGib: integer(10, 16384, "Data volume of a Redis host, GiB."),
  minioVolumeGib: integer(10, 16384, "Each volume of a MinIO host, GiB."),
  databaseMaxConnections: integer(50, 5000, "PostgreSQL's max_connections; pool sizes are computed from it."),
  patroniTtlSeconds: integer(1, 300, "Life of the primary's lease; Patroni's floor is 20."),
  patroniLoopWaitSeconds: integer(1, 60, "Pause between two rounds of Patroni."),
  patroniRetryTimeoutSeconds: integer(3, 60, "How long Patroni retries etcd and PostgreSQL."),
  patroniPrimaryStartTimeoutSeconds: integer(0, 300, "How long a crashed primary may take to restart in place before a standby takes over."),
  witnessVerdictMilliseconds: integer(1000, 10000, "How long a primary is out of reach before a witness votes to end its lease."),
  redisDownAfterMilliseconds: integer(500, 30000, "How long a Redis master is silent before Sentinel calls it down."),
  redisMinReplicasMaxLagSeconds: integer(1, 30, "A Redis master without a replica this recent takes no writes."),
  vrrpAdvertSeconds: decimal(0.1, 1, "Pause between two VRRP adverts; a host is lost after three."),
  deletionProtection: flag("Whether load balancers and hosts with data refuse to be deleted."),
  secretRecoveryWindowDays: integer(0, 30, "Days for which a deleted secret can be restored: 7 to 30, or 0 for none."),
} satisfies Record<string, KeySpec>;

/** Name of a config key. */
export type Key = keyof typeof keys;

/** Keys without which there is no stack. */
export const requiredKeys = [
  "domain",
  "releaseUrl",
  "releaseSha256",
  "nodeUrl",
  "nodeSha256",
  "arweaveAddress",
  "x402PaymentAddress",
  "solanaAddress",
] as const satisfies readonly Key[];

/** Keys whose absence means something: null in the settings. */
export const nullableKeys = [
  "ethereumAddress",
  "acmeEmail",
  "minioUrl",
  "minioSha256",
  "certificateArn",
  "hostedZoneId",
  "standbyRegion",
  "standbyCertificateArn",
  "databaseMove",
  "hostingMove",
  "databaseCaUrl",
  "databaseCaSha256",
] as const satisfies readonly Key[];

/** Keys whose defaults are computed from other keys. */
export const derivedKeys = [
  "zones",
  "publicCidrs",
  "privateCidrs",
  "dataCidrs",
  "apiMaxHosts",
  "workerMaxHosts",
  "standbyZones",
] as const satisfies readonly Key[];

export type NullableKey = (typeof nullableKeys)[number];
export type RequiredKey = (typeof requiredKeys)[number];
export type DerivedKey = (typeof derivedKeys)[number];

/** Value of a key once the schema has accepted it. */
export type Value<K extends Key> = z.output<(typeof keys)[K]["schema"]>;

/** Which of a stack's regions: the first, or the second of level 3. */
export type Site = "primary" | "standby";

/** The stack's config, complete: given values over the level's defaults. */
export type Settings = { stack: string; site: Site } & { [K in Exclude<Key, NullableKey>]: Value<K> } & {
  [K in NullableKey]: Value<K> | null;
};
