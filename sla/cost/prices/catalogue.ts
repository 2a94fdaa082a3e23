import type { SourceName } from "./sources";

/** What a price is for one of. A month has 730 hours. */
export type Unit =
  | "hour"
  | "LCU-hour"
  | "zone-hour"
  | "GiB"
  | "GiB-month"
  | "IOPS-month"
  | "MiB/s-month"
  | "million requests"
  | "thousand requests"
  | "ten thousand requests"
  | "month";

/** Every price that is not of a machine: what it is for, its unit, and whose page says it. A region that lacks one does not compile. */
export const catalogue = {
  ebsStorage: { what: "gp3 volume", unit: "GiB-month", source: "ebs" },
  ebsIops: { what: "gp3 IOPS above 3,000", unit: "IOPS-month", source: "ebs" },
  ebsThroughput: { what: "gp3 throughput above 125 MiB/s", unit: "MiB/s-month", source: "ebs" },
  nat: { what: "NAT gateway", unit: "hour", source: "vpc" },
  natTraffic: { what: "through NAT gateways", unit: "GiB", source: "vpc" },
  publicAddress: { what: "public IPv4 address", unit: "hour", source: "vpc" },
  endpoint: { what: "interface endpoint in a zone", unit: "zone-hour", source: "endpoints" },
  endpointTraffic: { what: "through interface endpoints", unit: "GiB", source: "endpoints" },
  internetOut: { what: "out to the internet", unit: "GiB", source: "traffic" },
  crossZone: { what: "between zones, both directions", unit: "GiB", source: "traffic" },
  otherRegion: { what: "to the other region", unit: "GiB", source: "traffic" },
  alb: { what: "application load balancer", unit: "hour", source: "elb" },
  albUnits: { what: "capacity units of an application load balancer", unit: "LCU-hour", source: "elb" },
  nlb: { what: "network load balancer", unit: "hour", source: "elb" },
  nlbUnits: { what: "capacity units of a network load balancer", unit: "LCU-hour", source: "elb" },
  rdsStorage: { what: "RDS gp3 storage in a zone", unit: "GiB-month", source: "rds" },
  rdsBackup: { what: "RDS backups beyond the database's size", unit: "GiB-month", source: "rds" },
  auroraStorage: { what: "Aurora storage", unit: "GiB-month", source: "aurora" },
  auroraIo: { what: "Aurora I/O", unit: "million requests", source: "aurora" },
  auroraBackup: { what: "Aurora backups beyond the database's size", unit: "GiB-month", source: "aurora" },
  auroraReplicated: { what: "Aurora writes replicated to the other region", unit: "million requests", source: "aurora" },
  redisBackup: { what: "ElastiCache snapshots beyond the first", unit: "GiB-month", source: "elasticache" },
  s3Storage: { what: "S3 Standard", unit: "GiB-month", source: "s3" },
  s3Archive: { what: "S3 Glacier Instant Retrieval (old versions)", unit: "GiB-month", source: "s3" },
  s3Put: { what: "S3 PUT, COPY, POST, LIST", unit: "thousand requests", source: "s3" },
  s3Get: { what: "S3 GET", unit: "thousand requests", source: "s3" },
  s3TimeControl: { what: "S3 Replication Time Control", unit: "GiB", source: "s3" },
  kmsKey: { what: "KMS key", unit: "month", source: "kms" },
  kmsRequests: { what: "KMS requests", unit: "ten thousand requests", source: "kms" },
  secret: { what: "secret, or replica of one", unit: "month", source: "secrets" },
  logs: { what: "CloudWatch Logs taken in", unit: "GiB", source: "cloudwatch" },
  logStorage: { what: "CloudWatch Logs kept", unit: "GiB-month", source: "cloudwatch" },
  metric: { what: "CloudWatch metric of our own", unit: "month", source: "cloudwatch" },
  alarm: { what: "CloudWatch alarm, each metric", unit: "month", source: "cloudwatch" },
  zone: { what: "Route 53 zone", unit: "month", source: "route53" },
  dnsQueries: { what: "Route 53 queries", unit: "million requests", source: "route53" },
  healthCheck: { what: "Route 53 health check of AWS's own endpoint", unit: "month", source: "route53" },
  healthCheckFeature: { what: "Route 53 health check: HTTPS, fast interval, string or latency, each", unit: "month", source: "route53" },
  accelerator: { what: "Global Accelerator", unit: "hour", source: "accelerator" },
  acceleratorTraffic: { what: "through Global Accelerator, beyond the internet's price", unit: "GiB", source: "accelerator" },
  switchPlan: { what: "ARC Region switch plan", unit: "month", source: "recovery" },
} as const satisfies Record<string, { what: string; unit: Unit; source: SourceName }>;

export type PriceName = keyof typeof catalogue;

/** Machines whose hour has a price by their type. */
export type MachineKind = "ec2" | "rds" | "aurora" | "redis" | "valkey";

/** What a kind of machine is called, and whose page prices it. */
export const machineKinds: Record<MachineKind, { what: string; source: SourceName }> = {
  ec2: { what: "EC2", source: "ec2" },
  rds: { what: "RDS for PostgreSQL", source: "rds" },
  aurora: { what: "Aurora PostgreSQL", source: "aurora" },
  redis: { what: "ElastiCache for Redis OSS", source: "elasticache" },
  valkey: { what: "ElastiCache for Valkey", source: "elasticache" },
};
