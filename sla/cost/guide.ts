import { hoursOfMonth, type Category } from "./charge";
import { priceLists } from "./prices";
import type { MachineKind, PriceName } from "./prices/catalogue";
import { machineHour } from "./prices/priceList";
import { usualMonth as usual } from "./usage";

/** So many of a price's units in a month. */
interface Part {
  price: PriceName | { kind: MachineKind; type: string };
  quantity: number;
  region?: string;
  /** Where it is not its line's. */
  category?: Category;
}

/** A line of a table of the guide, and the same at the listed prices: its types, its counts. */
export interface GuideLine {
  what: string;
  category: Category;
  guideUsd: number;
  parts: Part[];
  /** Why the two differ. */
  why: string;
}

export interface GuideTable {
  title: string;
  /** Lines of the guide. */
  at: string;
  /** Which stack of ours is for the same. */
  stack: string;
  lines: GuideLine[];
}

const machines = (kind: MachineKind, type: string, count: number): Part => ({ price: { kind, type }, quantity: count * hoursOfMonth });
const of = (price: PriceName, quantity: number): Part => ({ price, quantity });

const storedTerabyte = [of("s3Storage", usual.storedGib.serving)];
const balancer = [of("alb", hoursOfMonth), of("albUnits", usual.albUnits.serving * hoursOfMonth)];
const rounded = "the list price of t3.large is $60.74 and of t3.xlarge $121.47 a month; the guide rounds down";
const oldTypes = "the list price is lower than the guide's";
const twoNodes = "Valkey, which costs 20 % less than Redis OSS; two nodes, as the guide counts them";
const observed = "what the flow logs, the database's log, ten metrics and twenty alarms cost; the guide gives a sum";
const watching = [
  of("logs", usual.flowLogGib.serving + usual.databaseLogGib.serving),
  of("logStorage", usual.flowLogGib.serving),
  of("metric", 10),
  of("alarm", 20),
];
const kept = (days: number): number => usual.databaseGib.serving * usual.databaseDailyChange.serving * days;
const terabyteOut = "the terabyte of the guide's own baseline, at the list price";

const nine = [machines("ec2", "t3.large", 6), machines("ec2", "t3.xlarge", 3)];
const rds = [machines("rds", "db.r6g.large", 2), of("rdsStorage", 2 * usual.databaseGib.serving)];
const redisPair = [machines("valkey", "cache.r6g.large", 2)];

const as = (category: Category, parts: readonly Part[]): Part[] => parts.map((part) => ({ ...part, category }));

/** A region of level 3 as the guide has it: level 2's lines, with Aurora, a writer and a reader. */
const auroraRegion = (region: string): Part[] =>
  [
    ...as("machines", nine),
    ...as("database", [
      machines("aurora", "db.r6g.large", 2),
      of("auroraStorage", usual.databaseGib.serving),
      of("auroraIo", usual.databaseIoMillions.serving),
    ]),
    ...as("backups", [of("auroraBackup", kept(35))]),
    ...as("redis", redisPair),
    ...as("objects", storedTerabyte),
    ...as("balancers", balancer),
    ...as("internet", [of("internetOut", usual.internetOutGib.serving)]),
    ...as("monitoring", watching),
  ].map((part) => ({ ...part, region }));

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
      { what: "CloudFront", category: "internet", guideUsd: 50, parts: [], why: "not built: uploads cannot be cached (audit A74)" },
    ],
  },
];

/** What the guide says that a table's lines cost together. */
export function guideUsd({ lines }: GuideTable): number {
  return lines.reduce((sum, line) => sum + line.guideUsd, 0);
}

/** A line at the listed prices. Throws when a price is missing. */
export function sameScopeUsd(line: GuideLine): number {
  return line.parts.reduce((sum, part) => sum + partUsd(part), 0);
}

/** A table at the listed prices, by what its parts are for. */
export function sameScopeSums({ lines }: GuideTable): Map<Category, number> {
  const sums = new Map<Category, number>();
  for (const { category, parts } of lines)
    for (const part of parts) {
      const own = part.category ?? category;
      sums.set(own, (sums.get(own) ?? 0) + partUsd(part));
    }
  return sums;
}

function partUsd({ price, quantity, region = "us-east-1" }: Part): number {
  const list = priceLists.get(region);
  const each = list === undefined ? undefined : typeof price === "string" ? list.each[price] : machineHour(list, price.kind, price.type);
  if (each === undefined) throw new Error(`guide: no price of ${JSON.stringify(price)} in ${region}`);
  return each * quantity;
}
