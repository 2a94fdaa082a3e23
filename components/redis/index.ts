import * as pulumi from "@pulumi/pulumi";
import { isManaged, type AnyFoundation } from "../host/foundation";
import { ElastiCache } from "./elasticache";
import { Sentinel } from "./sentinel";

/** Cache and queues. */
export interface Redis extends pulumi.Resource {
  readonly instanceIds: Map<string, pulumi.Output<string>>;
  /** AWS's names of managed primaries, by Redis; empty for own hosts. */
  readonly endpoints: Record<string, pulumi.Output<string>>;
}

/** The Redis that the blueprint asks for. */
export function redis(name: string, foundation: AnyFoundation, opts: pulumi.ComponentResourceOptions): Redis {
  return isManaged(foundation) ? new ElastiCache(name, foundation, opts) : new Sentinel(name, foundation, opts);
}
