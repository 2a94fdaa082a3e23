import * as pulumi from "@pulumi/pulumi";
import type { ManagedDatabase } from "../../blueprint/types";
import { isManaged, type AnyFoundation } from "../host/foundation";
import { Aurora } from "./aurora";
import { Patroni } from "./patroni";
import { Rds } from "./rds";

/** PostgreSQL with both application databases. */
export interface Database extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
  /** AWS's names of a managed database, by what answers there; empty for own hosts. */
  readonly endpoints: Record<string, pulumi.Output<string>>;
  /** Where the database is over both regions; null below level 3. */
  readonly global: GlobalDatabase | null;
}

/** This region's part of a database over two. */
export interface GlobalDatabase {
  id: pulumi.Output<string>;
  clusterArn: pulumi.Output<string>;
}

/** The database that the blueprint asks for; beside it the one that its data is moved from, until that may go. */
export function database(name: string, foundation: AnyFoundation, opts: pulumi.ComponentResourceOptions): Database {
  if (!isManaged(foundation)) return new Patroni(name, foundation, opts);
  const { blueprint, internalZone } = foundation;
  const { former } = blueprint;
  const old = former === null ? null : new Rds(name, foundation, { database: former.database, source: null, mayGo: former.step === "letGo" }, opts);
  const source = former?.step === "copy" ? (old?.instanceArn ?? null) : null;
  const args = { database: blueprint.database, source, mayGo: false };
  const made = blueprint.database.kind === "aurora" ? new Aurora(name, foundation, args, opts) : new Rds(name, foundation, args, opts);
  const used = old !== null && source !== null ? old : made;
  internalZone.point("postgres", blueprint.database.writerName, at(used.endpoints, "writer"));
  if (blueprint.database.readerName !== null) internalZone.point("postgres-reader", blueprint.database.readerName, at(used.endpoints, "reader"));
  return made;
}

function at(endpoints: Database["endpoints"], what: string): pulumi.Output<string> {
  const found = endpoints[what];
  if (found === undefined) throw new Error(`database: given no ${what} endpoint, needed one for its private name`);
  return found;
}

/** What a managed database is made from. */
export interface ManagedDatabaseArgs {
  database: ManagedDatabase;
  /** ARN of the RDS instance that it follows, while data moves. */
  source: pulumi.Input<string> | null;
  /** Whether it may be deleted: its data has moved. */
  mayGo: boolean;
}
