import { flag, matching, number, oneOf, set, text, type Fields } from "../../model";
import { textAt, type Properties } from "../../properties";
import { Refusal } from "../fault";
import * as refer from "../references";
import { freeWindow, isDailyWindow, isWeeklyWindow, windowsOverlap } from "../windows";
import { isSnapshotName } from "./names";
import * as rds from "./references";

/** Certificate authorities of RDS (RDS user guide, "Using SSL/TLS"); rds-ca-2019 expired in August 2024. */
const AUTHORITIES = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];
/** Least minutes of a window, and those that AWS would choose. */
const WINDOW_MINUTES = 30;
const BACKUPS = ["03:09-03:39", "07:11-07:41"];
const MAINTENANCE = ["sun:05:12-sun:05:42", "mon:09:27-mon:09:57"];
/** Ports of PostgreSQL that RDS takes (CreateDBInstance). */
export const PORT = { default: 5432, least: 1150, most: 65_535 };

/** Inputs that instances, clusters and members of clusters share. */
export const commonInputs = (): Fields => ({
  applyImmediately: flag({ computed: true }),
  autoMinorVersionUpgrade: flag({ default: true }),
  copyTagsToSnapshot: flag({ default: false }),
  engineVersion: text({ computed: true, rule: matching(/^\d+(\.\d+)?$/, "expected a version such as 17 or 17.7") }),
});

/** Inputs that instances and clusters share: what holds data. */
export const dataInputs = (): Fields => ({
  allowMajorVersionUpgrade: flag(),
  deleteAutomatedBackups: flag({ default: true }),
  deletionProtection: flag({ default: false }),
  finalSnapshotIdentifier: text({ rule: isSnapshotName }),
  iops: number({ computed: true }),
  kmsKeyId: text({ computed: true, replaces: true, rule: matching(/^arn:aws/, "expected an ARN"), refers: refer.key("KMSKeyNotAccessibleFault") }),
  skipFinalSnapshot: flag({ default: false }),
  vpcSecurityGroupIds: set(text({ refers: refer.securityGroup() }), { computed: true }),
});

export const dailyWindow = () => text({ computed: true, rule: isDailyWindow(WINDOW_MINUTES) });
export const weeklyWindow = () => text({ computed: true, rule: isWeeklyWindow(WINDOW_MINUTES) });
export const subnetGroupName = (replaces?: { replaces: true }) => text({ computed: true, ...replaces, refers: rds.subnetGroup() });
export const engineName = (...names: string[]) => text({ required: true, replaces: true, rule: oneOf(...names) });

/** Both windows, those that are not given chosen by the cloud; refuses two that overlap. */
export function windowsOf(settings: Properties, backup: string, maintenance: string): Properties {
  const wantedWeek = textAt(settings, maintenance);
  const day = textAt(settings, backup) ?? freeWindow(BACKUPS, (choice) => windowsOverlap(choice, wantedWeek ?? ""));
  const week = wantedWeek ?? freeWindow(MAINTENANCE, (choice) => windowsOverlap(day, choice));
  if (windowsOverlap(day, week)) throw new Refusal("InvalidParameterValue", "The backup window and maintenance window must not overlap.");
  return { [backup]: day, [maintenance]: week };
}

/** The certificate authority of a database; refuses one that RDS does not have. */
export function authorityOf(wanted: string | undefined): string {
  const authority = wanted ?? AUTHORITIES[0] ?? "";
  if (AUTHORITIES.includes(authority)) return authority;
  throw new Refusal("CertificateNotFound", `CertificateIdentifier ${authority} does not refer to an existing CA certificate`);
}
