import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../host/fleet";
import { Patroni } from "./patroni";

/** PostgreSQL with both application databases. */
export interface Database extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
}

/** The database that the blueprint asks for. */
export function database(name: string, foundation: Foundation, opts: pulumi.ComponentResourceOptions): Database {
  return new Patroni(name, foundation, opts);
}
