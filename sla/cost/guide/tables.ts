import {
  machines,
  of,
  storedTerabyte,
  balancer,
  rounded,
  oldTypes,
  twoNodes,
  observed,
  watching,
  kept,
  terabyteOut,
  nine,
  rds,
  redisPair,
  auroraRegion,
} from "./parts";
import { usualMonth as usual } from "../usage";
import type { GuideTable } from "./types";

/** Cost of the guide's single node, the one base of all multipliers (its other figure, $200, has no table: audit A82). */
export const baseUsd = 110;

/** The guide's tables with a level, in its order. */
export const guideTables: readonly GuideTable[] = [
  {
    title: "Level 1, managed",
    at: "903–911",
    stack: "level1-managed",
    lines: [
      { what: "API nodes, 2 × t3.large", category: "machines", guideUsd: 120, parts: [machines("ec2", "t3.large", 2)], why: rounded },
      { what: "worker node, 1 × t3.xlarge", category: "machines", guideUsd: 120, parts: [machines("ec2", "t3.xlarge", 1)], why: rounded },
      {
        what: "RDS Multi-AZ db.t3.large",
        category: "database",
        guideUsd: 240,
        parts: [machines("rds", "db.t3.large", 2), of("rdsStorage", 2 * usual.databaseGib.serving)],
        why: "with 100 GiB of storage in both zones, which the guide does not name",
      },
      { what: "ElastiCache r6g.large Multi-AZ, 2", category: "redis", guideUsd: 280, parts: redisPair, why: twoNodes },
      { what: "S3, 1 TB", category: "objects", guideUsd: 23, parts: storedTerabyte, why: "the same" },
      { what: "ALB", category: "balancers", guideUsd: 23, parts: balancer, why: "one capacity unit" },
    ],
  },
  {
    title: "Level 1, self-hosted",
    at: "1338–1350",
    stack: "level1-selfHosted",
    lines: [
      { what: "application, 3 × t3.large", category: "machines", guideUsd: 240, parts: [machines("ec2", "t3.large", 3)], why: oldTypes },
      { what: "PostgreSQL, 2 × t3.large", category: "machines", guideUsd: 160, parts: [machines("ec2", "t3.large", 2)], why: oldTypes },
      { what: "etcd, 3 × t3.small", category: "machines", guideUsd: 90, parts: [machines("ec2", "t3.small", 3)], why: oldTypes },
      { what: "Redis and Sentinel, 3 × t3.medium", category: "machines", guideUsd: 120, parts: [machines("ec2", "t3.medium", 3)], why: oldTypes },
      {
        what: "MinIO, 4 × t3.large",
        category: "machines",
        guideUsd: 320,
        parts: [machines("ec2", "t3.large", 4)],
        why: `${oldTypes}; without drives, whose size the guide does not say`,
      },
      { what: "HAProxy, 2 × t3.small", category: "machines", guideUsd: 60, parts: [machines("ec2", "t3.small", 2)], why: oldTypes },
      {
        what: "bandwidth",
        category: "internet",
        guideUsd: 50,
        parts: [of("internetOut", usual.internetOutGib.serving)],
        why: `above: ${terabyteOut}; for $50 AWS lets out 555 GiB`,
      },
      { what: "backups in S3", category: "backups", guideUsd: 30, parts: [of("s3Storage", 1000)], why: "1 TB of them; the guide gives a sum" },
    ],
  },
  {
    title: "Level 2, managed, first table",
    at: "970–979",
    stack: "level2-managed",
    lines: [
      { what: "API nodes, 6 × t3.large", category: "machines", guideUsd: 360, parts: [machines("ec2", "t3.large", 6)], why: rounded },
      { what: "worker nodes, 3 × t3.xlarge", category: "machines", guideUsd: 360, parts: [machines("ec2", "t3.xlarge", 3)], why: rounded },
      { what: "RDS Multi-AZ db.r6g.large", category: "database", guideUsd: 430, parts: rds, why: "with 100 GiB of storage in both zones" },
      { what: "ElastiCache r6g.large Multi-AZ, 2", category: "redis", guideUsd: 280, parts: redisPair, why: twoNodes },
      { what: "S3, 1 TB", category: "objects", guideUsd: 23, parts: storedTerabyte, why: "the same" },
      { what: "ALB", category: "balancers", guideUsd: 23, parts: balancer, why: "one capacity unit" },
      { what: "CloudWatch", category: "monitoring", guideUsd: 50, parts: watching, why: observed },
    ],
  },
  {
    title: "Level 2, managed, second table",
    at: "1354–1366",
    stack: "level2-managed",
    lines: [
      { what: "EC2, 6 × t3.large and 3 × t3.xlarge", category: "machines", guideUsd: 720, parts: nine, why: rounded },
      { what: "RDS Multi-AZ db.r6g.large", category: "database", guideUsd: 430, parts: rds, why: "with 100 GiB of storage in both zones" },
      { what: "ElastiCache r6g.large Multi-AZ, 2", category: "redis", guideUsd: 280, parts: redisPair, why: twoNodes },
      { what: "S3, 1 TB", category: "objects", guideUsd: 23, parts: storedTerabyte, why: "the same" },
      { what: "ALB", category: "balancers", guideUsd: 23, parts: balancer, why: "one capacity unit" },
      { what: "data transfer", category: "internet", guideUsd: 100, parts: [of("internetOut", usual.internetOutGib.serving)], why: terabyteOut },
      { what: "CloudWatch", category: "monitoring", guideUsd: 50, parts: watching, why: observed },
      {
        what: "backups",
        category: "backups",
        guideUsd: 30,
        parts: [of("rdsBackup", kept(35))],
        why: "35 days of a database of 100 GiB that changes by 5 % a day",
      },
    ],
  },
  {
    title: "Level 3, managed",
    at: "1036–1044 and 1370–1379",
    stack: "level3-managed",
    lines: [
      {
        what: "region 1, us-east-1, full level 2 stack",
        category: "machines",
        guideUsd: 1800,
        parts: auroraRegion("us-east-1"),
        why: "level 2's lines with Aurora, a writer and a reader; the guide's own level 2 is $1,526 or $1,656",
      },
      {
        what: "region 2, eu-west-1, full level 2 stack",
        category: "machines",
        guideUsd: 1800,
        parts: auroraRegion("eu-west-1"),
        why: "the same at Ireland's prices",
      },
      {
        what: "Aurora Global Database",
        category: "regions",
        guideUsd: 600,
        parts: [of("auroraReplicated", usual.databaseWritesMillions.serving), of("otherRegion", usual.databaseToOtherRegionGib.serving)],
        why: "what is replicated; the second region's machines are in its line",
      },
      {
        what: "S3 cross-region replication",
        category: "regions",
        guideUsd: 100,
        parts: [of("otherRegion", usual.newObjectsGib.serving), of("s3TimeControl", usual.newObjectsGib.serving), of("s3Put", usual.putThousands.serving)],
        why: "what a month adds, with Replication Time Control; the copy itself is in region 2",
      },
      {
        what: "Route 53 health checks",
        category: "healthChecks",
        guideUsd: 10,
        parts: [of("healthCheck", 2), of("healthCheckFeature", 4)],
        why: "two, HTTPS every 10 s",
      },
      {
        what: "CloudFront",
        category: "internet",
        guideUsd: 50,
        parts: [],
        why: "not built: its failover does not cover uploads (POST, PUT), and its own 99.9 % in series would cap the path",
      },
    ],
  },
];
