import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../host/fleet";
import type { ObjectStore } from "../objects";
import { Ec2App } from "./ec2";

/** The application's hosts. */
export interface App extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
}

/** The compute that the blueprint asks for. */
export function app(name: string, foundation: Foundation, objects: ObjectStore, opts: pulumi.ComponentResourceOptions): App {
  return new Ec2App(name, foundation, objects, opts);
}
