/** An amount that no resource says: what clients do, and how much there is. */
export interface Amount {
  /** In the region that serves. */
  serving: number;
  /** In a second region that waits. */
  waiting: number;
  unit: string;
  /** Where it comes from. */
  why: string;
}

/**
 * What a month is assumed to be: the guide's amounts where it has one, and ours for what it left out. One table for all levels, so
 * that their totals differ by what is deployed only. No free tier is taken off: an account has each only once.
 */
export const usualMonth = {
  internetOutGib: { serving: 1000, waiting: 0, unit: "GiB", why: "guide, single node: 1 TB of bandwidth; answers to clients, and bundles to Arweave" },
  natGib: { serving: 300, waiting: 10, unit: "GiB", why: "bundles posted to Arweave, gateways asked, packages; S3 goes by its own endpoint, which is free" },
  crossZoneGib: { serving: 500, waiting: 20, unit: "GiB", why: "two of three calls to a database or Redis leave their zone" },
  ownReplicaGib: {
    serving: 50,
    waiting: 50,
    unit: "GiB",
    why: "each own database, Redis or MinIO host takes in what is written elsewhere; AWS's services replicate without a charge",
  },
  endpointGib: { serving: 1, waiting: 1, unit: "GiB", why: "secrets, and sessions of operators" },
  albUnits: { serving: 1, waiting: 0.1, unit: "LCU", why: "guide: $23 is a balancer and one capacity unit" },
  nlbUnits: { serving: 1, waiting: 0.1, unit: "LCU", why: "one GiB an hour or 800 new connections a second" },
  databaseGib: { serving: 100, waiting: 100, unit: "GiB", why: "as much as RDS and own hosts get for it (databaseVolumeGib)" },
  databaseDailyChange: { serving: 0.05, waiting: 0.05, unit: "of the database a day", why: "what a day adds to backups" },
  databaseIoMillions: { serving: 100, waiting: 20, unit: "million", why: "40 a second; a database that fits into memory reads little" },
  databaseWritesMillions: { serving: 20, waiting: 0, unit: "million", why: "of those, writes, which the other region gets too" },
  databaseToOtherRegionGib: { serving: 80, waiting: 0, unit: "GiB", why: "4 KiB for each of those writes" },
  databaseLogGib: { serving: 2, waiting: 0.5, unit: "GiB", why: "slow statements, lock waits, errors" },
  monitoringDocumentKib: { serving: 10, waiting: 10, unit: "KiB", why: "what Enhanced Monitoring writes to the logs at each interval" },
  redisGib: { serving: 1, waiting: 1, unit: "GiB", why: "a snapshot of the cache or of the queues" },
  storedGib: { serving: 1000, waiting: 1000, unit: "GiB", why: "guide: 1 TB; the second region has a copy of all" },
  oldVersionsGib: { serving: 50, waiting: 50, unit: "GiB", why: "what versioning keeps of the work prefixes, until it expires" },
  putThousands: { serving: 5000, waiting: 0, unit: "thousand", why: "5 million data items, each written once" },
  getThousands: { serving: 20000, waiting: 100, unit: "thousand", why: "each read four times: bundled, posted, verified, fetched" },
  newObjectsGib: { serving: 200, waiting: 0, unit: "GiB", why: "what a month adds, and is copied to the other region" },
  accessLogGib: { serving: 5, waiting: 0.1, unit: "GiB", why: "a load balancer's access logs until they expire" },
  flowLogGib: { serving: 30, waiting: 5, unit: "GiB", why: "every connection once a minute" },
  kmsTenThousands: { serving: 100, waiting: 10, unit: "ten thousand", why: "a million; buckets have a bucket key, so not each object asks" },
  privateDnsMillions: { serving: 10, waiting: 10, unit: "million", why: "names of managed services live for 5 s, and every machine asks for them" },
  publicDnsMillions: {
    serving: 10,
    waiting: 0,
    unit: "million",
    why: "resolvers ask again after 30 s for a domain whose record has addresses, at level 3 on own hosts",
  },
  acceleratorGib: { serving: 1000, waiting: 0, unit: "GiB", why: "as much as goes out to the internet" },
} as const satisfies Record<string, Amount>;

export type AmountName = keyof typeof usualMonth;

/** What a stack's month is assumed to be, and which of its regions serves. */
export interface Usage {
  servingRegion: string;
  amounts: Readonly<Record<AmountName, Amount>>;
}

/** The usual month of a stack that serves from a region. */
export function usualUsage(servingRegion: string): Usage {
  return { servingRegion, amounts: usualMonth };
}

/** An amount in a region. */
export function amountIn({ servingRegion, amounts }: Usage, region: string, name: AmountName): number {
  return region === servingRegion ? amounts[name].serving : amounts[name].waiting;
}
