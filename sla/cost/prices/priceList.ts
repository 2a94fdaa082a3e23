import type { MachineKind, PriceName } from "./catalogue";

/** On-demand prices of a region, in US dollars before tax. */
export interface PriceList {
  region: string;
  /** Linux machines of a family at size `large`, an hour. */
  ec2Large: Readonly<Record<string, number>>;
  /** A PostgreSQL instance in one zone, an hour; a standby is a second one. */
  rds: Readonly<Record<string, number>>;
  /** An Aurora Standard instance, an hour. */
  aurora: Readonly<Record<string, number>>;
  /** A Redis OSS node, an hour. */
  redis: Readonly<Record<string, number>>;
  each: Readonly<Record<PriceName, number>>;
}

/** Valkey's nodes cost 20 % less than Redis OSS's (ElastiCache's price page, since October 2024). */
const valkeyShare = 0.8;

/** Sizes of EC2 below `xlarge`, as parts of a `large`: within a family an hour costs in proportion to its size. */
const partsOfLarge: Readonly<Record<string, number>> = { nano: 1 / 16, micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 };

/** Price of a machine's hour; undefined when the list has none. */
export function machineHour(prices: PriceList, kind: MachineKind, type: string): number | undefined {
  switch (kind) {
    case "ec2":
      return ec2Hour(prices, type);
    case "rds":
      return prices.rds[type];
    case "aurora":
      return prices.aurora[type];
    case "redis":
      return prices.redis[type];
    case "valkey": {
      const redis = prices.redis[type];
      return redis === undefined ? undefined : redis * valkeyShare;
    }
  }
}

function ec2Hour({ ec2Large }: PriceList, type: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  const large = ec2Large[family];
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const part = times === undefined ? partsOfLarge[size] : Number(times) * 2;
  return large === undefined || part === undefined ? undefined : large * part;
}
