import { hoursOfMonth, type Category } from "../charge";
import type { MachineKind, PriceName } from "../prices/catalogue";
import { usualMonth as usual } from "../usage";
import type { Part } from "./types";

export const machines = (kind: MachineKind, type: string, count: number): Part => ({ price: { kind, type }, quantity: count * hoursOfMonth });
export const of = (price: PriceName, quantity: number): Part => ({ price, quantity });

export const storedTerabyte = [of("s3Storage", usual.storedGib.serving)];
export const balancer = [of("alb", hoursOfMonth), of("albUnits", usual.albUnits.serving * hoursOfMonth)];
export const rounded = "the list price of t3.large is $60.74 and of t3.xlarge $121.47 a month; the guide rounds down";
export const oldTypes = "the list price is lower than the guide's";
export const twoNodes = "Valkey, which costs 20 % less than Redis OSS; two nodes, as the guide counts them";
export const observed = "what the flow logs, the database's log, ten metrics and twenty alarms cost; the guide gives a sum";
export const watching = [
  of("logs", usual.flowLogGib.serving + usual.databaseLogGib.serving),
  of("logStorage", usual.flowLogGib.serving),
  of("metric", 10),
  of("alarm", 20),
];
export const kept = (days: number): number => usual.databaseGib.serving * usual.databaseDailyChange.serving * days;
export const terabyteOut = "the terabyte of the guide's own baseline, at the list price";

export const nine = [machines("ec2", "t3.large", 6), machines("ec2", "t3.xlarge", 3)];
export const rds = [machines("rds", "db.r6g.large", 2), of("rdsStorage", 2 * usual.databaseGib.serving)];
export const redisPair = [machines("valkey", "cache.r6g.large", 2)];

export const as = (category: Category, parts: readonly Part[]): Part[] => parts.map((part) => ({ ...part, category }));

/** A region of level 3 as the guide has it: level 2's lines, with Aurora, a writer and a reader. */
export const auroraRegion = (region: string): Part[] =>
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
