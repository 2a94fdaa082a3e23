import type { ManagedDatabase } from "../blueprint/types";

/** A figure that a vendor publishes. */
export interface Published {
  availability: number;
  source: string;
  /** When it was looked up. */
  date: string;
}

const date = "2026-11-27";

/**
 * Service level agreements of AWS. They say when AWS gives credits: a threshold, no prediction, and they cover a month.
 * Availability is computed twice, once from these alone (`sla/agreements.ts`) and once from failures (`sla/availability.ts`).
 */
export const agreements = {
  loadBalancer: { availability: 0.9999, source: "Elastic Load Balancing SLA", date },
  computeRegion: { availability: 0.9999, source: "Amazon Compute SLA, region level", date },
  computeInstance: { availability: 0.995, source: "Amazon Compute SLA, instance level", date },
  rds: { availability: 0.9995, source: "Amazon RDS SLA, Multi-AZ", date },
  aurora: { availability: 0.9999, source: "Amazon Aurora SLA, Multi-AZ", date },
  elastiCache: { availability: 0.9999, source: "Amazon ElastiCache SLA, Multi-AZ with automatic failover", date },
  s3: { availability: 0.999, source: "Amazon S3 SLA, S3 Standard", date },
  globalAccelerator: { availability: 0.9999, source: "AWS Global Accelerator SLA", date },
} satisfies Record<string, Published>;

/** What S3 says that S3 Standard is designed for; of other services AWS publishes only their agreement. */
export const s3Design: Published = { availability: 0.9999, source: "Amazon S3 user guide, S3 Standard: designed for 99.99 % over a year", date };

/** The agreement of each kind of managed database. */
export const databaseAgreement: Record<ManagedDatabase["kind"], Published> = {
  rdsInstance: agreements.rds,
  rdsCluster: agreements.rds,
  aurora: agreements.aurora,
};
