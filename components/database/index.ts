import * as pulumi from "@pulumi/pulumi";
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

/** The database that the blueprint asks for. */
export function database(name: string, foundation: AnyFoundation, opts: pulumi.ComponentResourceOptions): Database {
  if (!isManaged(foundation)) return new Patroni(name, foundation, opts);
  return foundation.blueprint.database.kind === "aurora" ? new Aurora(name, foundation, opts) : new Rds(name, foundation, opts);
}
