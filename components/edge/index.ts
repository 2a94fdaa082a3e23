import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../host/fleet";
import { KeepalivedEdge } from "./keepalived";
import { NlbEdge } from "./nlb";

/** Where clients arrive. */
export interface Edge extends pulumi.Resource {
  /** Public IPv4 addresses that the domain's record points at. */
  readonly publicAddresses: pulumi.Output<string[]>;
  readonly instanceIds: Map<string, pulumi.Output<string>>;
}

/** The edge that the blueprint asks for. */
export function edge(name: string, foundation: Foundation, opts: pulumi.ComponentResourceOptions): Edge {
  return foundation.blueprint.edge.kind === "keepalived" ? new KeepalivedEdge(name, foundation, opts) : new NlbEdge(name, foundation, opts);
}
