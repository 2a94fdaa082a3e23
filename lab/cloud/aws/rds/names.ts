import { randomInt } from "node:crypto";
import { textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { DB_CLUSTER, DB_CLUSTER_INSTANCE, DB_INSTANCE } from "../types";

/** Rule of the identifier of an instance, a cluster or a global cluster (CreateDBInstance; the provider wants lower case). */
export const isIdentifier = (written: string): string | undefined =>
  /^[a-z](-?[a-z0-9]){0,62}$/.test(written) && written.length <= 63
    ? undefined
    : `expected 1 to 63 lower-case letters, digits and single inner hyphens, beginning with a letter; got ${written}`;

/** Rule of the name of a parameter group. */
export const isGroupName = (written: string): string | undefined =>
  /^[a-z](-?[a-z0-9])*$/.test(written) && written.length <= 255
    ? undefined
    : `expected 1 to 255 lower-case letters, digits and single inner hyphens, beginning with a letter; got ${written}`;

/** Rule of the name of a final snapshot. */
export const isSnapshotName = (written: string): string | undefined =>
  /^[A-Za-z](-?[A-Za-z0-9])*$/.test(written) && written.length <= 255
    ? undefined
    : `expected a letter, then letters, digits and single inner hyphens; got ${written}`;

/** An identifier for something that the program does not name, as the Terraform provider makes it. */
export function uniqueIdentifier(): string {
  return `tf-${Array.from({ length: 26 }, () => String(randomInt(10))).join("")}`;
}

/** Refuses an identifier that an instance has already, alone or in a cluster. */
export function instanceNameFree(cloud: Cloud, identifier: string): void {
  const made = [DB_INSTANCE, DB_CLUSTER_INSTANCE].some((type) => cloud.by(type, "identifier", identifier) !== undefined);
  if (made || cloud.all(DB_CLUSTER).some((cluster) => textsAt(cluster.properties, "clusterMembers").includes(identifier)))
    throw new Refusal("DBInstanceAlreadyExists", "DB instance already exists");
}

/** Words that cannot be the name of a master user: reserved by RDS, or key words of PostgreSQL (its appendix C). */
const RESERVED_USERS = new Set(
  (
    "admin rdsadmin rdsrepladmin rds_superuser rds_replication rds_password rds_iam rdstopmgr replication public none " +
    "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_date " +
    "current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch " +
    "for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null " +
    "offset on only or order placing primary references returning select session_user some symmetric system_user table then to " +
    "trailing true union unique user using variadic when where window with"
  ).split(" "),
);

/** Databases that every server has, or that RDS keeps for itself. */
const RESERVED_DATABASES = new Set(["rdsadmin", "template0", "template1"]);

const PASSWORD = { shortest: 8, longest: 128 };

/** Refuses a master user, password or database name that RDS refuses; what is not given is not looked at. */
export function checkCredentials(inputs: Properties, keys: { username: string; password: string; database: string }): void {
  const refuse = (message: string): never => {
    throw new Refusal("InvalidParameterValue", message);
  };
  const username = textAt(inputs, keys.username);
  if (username !== undefined) {
    if (!/^[A-Za-z]\w{0,62}$/.test(username)) refuse(`The parameter MasterUsername is not a valid identifier: ${username}`);
    if (RESERVED_USERS.has(username.toLowerCase()) || username.toLowerCase().startsWith("pg_"))
      refuse(`MasterUsername ${username} cannot be used as it is a reserved word used by the engine`);
  }
  const password = textAt(inputs, keys.password);
  if (password !== undefined) {
    if (password.length < PASSWORD.shortest || password.length > PASSWORD.longest)
      refuse(`The parameter MasterUserPassword must have ${String(PASSWORD.shortest)} to ${String(PASSWORD.longest)} characters.`);
    if (!/^[!#-.0-?A-~]+$/.test(password))
      refuse("The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
  }
  const database = textAt(inputs, keys.database);
  if (database === undefined) return;
  if (!/^[A-Za-z_]\w{0,62}$/.test(database)) refuse("DBName must begin with a letter and contain only alphanumeric characters.");
  if (RESERVED_DATABASES.has(database.toLowerCase())) refuse(`DBName ${database} cannot be used. It is a reserved word for this engine`);
}

/** Refuses a set of credentials that lacks its user or its password. */
export function requireCredentials(inputs: Properties, keys: { username: string; password: string }): void {
  for (const [key, called] of [
    [keys.username, "MasterUsername"],
    [keys.password, "MasterUserPassword"],
  ] as const)
    if (inputs[key] === undefined) throw new Refusal("InvalidParameterValue", `The parameter ${called} must be provided and must not be blank.`);
}
