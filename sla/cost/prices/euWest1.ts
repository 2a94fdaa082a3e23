import type { PriceList } from "./priceList";
import { usEast1 } from "./usEast1";

/** Ireland. What has one price everywhere is N. Virginia's. */
export const euWest1: PriceList = {
  region: "eu-west-1",
  ec2Large: { t3: 0.0912, m6i: 0.107, m7i: 0.11235, "m7i-flex": 0.10673, c6i: 0.0912, c7i: 0.09576, r6i: 0.141, r7i: 0.14805 },
  rds: {
    "db.t3.large": 0.157,
    "db.t4g.medium": 0.07,
    "db.t4g.large": 0.141,
    "db.m6g.large": 0.176,
    "db.m7g.large": 0.187,
    "db.r6g.large": 0.25,
    "db.r6g.xlarge": 0.5,
    "db.r7g.large": 0.266,
    "db.r7g.xlarge": 0.532,
  },
  aurora: {
    "db.t4g.medium": 0.079,
    "db.t4g.large": 0.158,
    "db.r6g.large": 0.287,
    "db.r6g.xlarge": 0.573,
    "db.r7g.large": 0.304,
    "db.r7g.xlarge": 0.609,
  },
  redis: {
    "cache.t4g.small": 0.036,
    "cache.t4g.medium": 0.072,
    "cache.m6g.large": 0.164,
    "cache.m7g.large": 0.174,
    "cache.r6g.large": 0.228,
    "cache.r6g.xlarge": 0.455,
    "cache.r7g.large": 0.242,
    "cache.r7g.xlarge": 0.483,
  },
  each: {
    ...usEast1.each,
    ebsStorage: 0.088,
    ebsIops: 0.0055,
    ebsThroughput: 0.044,
    nat: 0.048,
    natTraffic: 0.048,
    endpoint: 0.011,
    alb: 0.0252,
    nlb: 0.0252,
    rdsStorage: 0.127,
    auroraStorage: 0.11,
    auroraIo: 0.22,
    auroraBackup: 0.022,
    auroraReplicated: 0.22,
    logs: 0.57,
  },
};
