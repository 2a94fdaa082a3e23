import * as pulumi from "@pulumi/pulumi";
import type { HostRole } from "../../blueprint/types";
import type { Edge } from "../edge";
import { isManaged, type AnyFoundation } from "../host/foundation";
import type { ObjectStore } from "../objects";
import { Ec2App } from "./ec2";
import { GroupedApp } from "./groups";

/** The application's hosts. */
export interface App extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
  /** ARNs of groups by role; none where hosts are their own. */
  readonly groupArns: ReadonlyMap<HostRole, pulumi.Output<string>>;
}

/** The compute that the blueprint asks for: hosts of their own, or groups that an edge finds by their target groups. */
export function app(name: string, foundation: AnyFoundation, objects: ObjectStore, front: Edge, opts: pulumi.ComponentResourceOptions): App {
  return isManaged(foundation) ? new GroupedApp(name, foundation, { objects, front }, opts) : new Ec2App(name, foundation, objects, opts);
}
