import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../host/fleet";
import { Sentinel } from "./sentinel";

/** Cache and queues. */
export interface Redis extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
}

/** The Redis that the blueprint asks for. */
export function redis(name: string, foundation: Foundation, opts: pulumi.ComponentResourceOptions): Redis {
  return new Sentinel(name, foundation, opts);
}
