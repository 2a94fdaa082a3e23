import type { LagAlarm } from "./types";

/** Between the two regions of level 3. Minutes and seconds as their names say. */

/** Rings when the second region's database is further behind than what may be lost: the guide's, which nothing but the lag itself can tell (audit A71). */
export const lagAlarm: LagAlarm = { mostLagSeconds: 10, periodSeconds: 60, periods: 2 };

/** What Replication Time Control promises for 99.9 % of objects; nothing promises less (S3 SLA). */
export const objectCopyMinutes = 15;
