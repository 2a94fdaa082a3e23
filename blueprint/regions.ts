import type { LagAlarm } from "./types";

/** Between the two regions of level 3. Minutes and seconds as their names say. */

/** Rings when the second region's database is further behind than what may be lost: the guide's, which nothing but the lag itself can tell (audit A71). */
export const lagAlarm: LagAlarm = { mostLagSeconds: 10, periodSeconds: 60, periods: 2 };

/** What Replication Time Control promises for 99.9 % of objects; nothing promises less (S3 SLA). */
export const objectCopyMinutes = 15;

/** The plan that switches regions. */
export const regionSwitch = {
  /** What a lost region takes at the most once somebody has said yes (audit A77). */
  objectiveMinutes: 15,
  /** How long a plan waits for a person: it asks again in the next run. */
  approvalMinutes: 60,
  /** How long it tries to move a managed database, and to bring a group to its size. */
  databaseMinutes: 10,
  groupMinutes: 20,
  /** Of own hosts: the longest that Lambda has, since the database may have to be rewound first; and that quarter of an hour with one more try. */
  functionSeconds: 900,
  functionMinutes: 35,
  functionRetryMinutes: 1,
};
