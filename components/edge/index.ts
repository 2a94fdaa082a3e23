import * as pulumi from "@pulumi/pulumi";
import { isManaged, type AnyFoundation } from "../host/foundation";
import { Alb } from "./alb";
import { KeepalivedEdge } from "./keepalived";
import { NlbEdge } from "./nlb";

/** Where clients arrive. */
export interface Edge extends pulumi.Resource {
  /** Public IPv4 addresses that the domain's record points at; none where it is to be an alias of `canonicalName`. */
  readonly publicAddresses: pulumi.Output<string[]>;
  /** AWS's name of a managed load balancer. */
  readonly canonicalName: pulumi.Output<string> | null;
  /** ARN of a managed load balancer. */
  readonly balancerArn: pulumi.Output<string> | null;
  readonly instanceIds: Map<string, pulumi.Output<string>>;
  /** What a group's machines join, by its role; none where the edge finds hosts by their addresses. */
  readonly targetGroupArns: { api: pulumi.Output<string>[]; worker: pulumi.Output<string>[] };
}

/** The edge that the blueprint asks for. */
export function edge(name: string, foundation: AnyFoundation, opts: pulumi.ComponentResourceOptions): Edge {
  if (isManaged(foundation)) return new Alb(name, foundation, opts);
  return foundation.blueprint.edge.kind === "keepalived" ? new KeepalivedEdge(name, foundation, opts) : new NlbEdge(name, foundation, opts);
}
