import * as pulumi from "@pulumi/pulumi";
import type { HostRole } from "../../blueprint/types";
import type { Edge } from "../edge";
import type { Grant } from "../grant";
import { isManaged, type AnyFoundation } from "../host/foundation";
import { Ec2App } from "./ec2";
import { GroupedApp } from "./groups";

/** The application's hosts. */
export interface App extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
  /** ARNs of groups by role; none where hosts are their own. */
  readonly groupArns: ReadonlyMap<HostRole, pulumi.Output<string>>;
}

/**
 * The compute that the blueprint asks for: hosts of their own, or groups that an edge finds by their target groups. Each is an
 * alias of the other, so that what both have, the identities of API and worker hosts, stays when a stack changes its hosting.
 * `objects`: what a host may do with the object stores.
 */
export function app(name: string, foundation: AnyFoundation, objects: Grant[], front: Edge, opts: pulumi.ComponentResourceOptions): App {
  const alsoKnownAs = (type: `ha:app:${string}`): pulumi.ComponentResourceOptions => ({ ...opts, aliases: [{ type }] });
  return isManaged(foundation)
    ? new GroupedApp(name, foundation, { objects, front }, alsoKnownAs("ha:app:Ec2App"))
    : new Ec2App(name, foundation, objects, alsoKnownAs("ha:app:GroupedApp"));
}
