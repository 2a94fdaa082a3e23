import * as pulumi from "@pulumi/pulumi";
import type { Metric } from "../blueprint/types";
import { policyDocument, type Statement } from "./policy-document";

/** What a role may do. What it does is plain, so that a policy can judge it before anything exists; on what, only the cloud may know. */
export interface Grant {
  actions: string[];
  resources: pulumi.Input<string[]>;
  conditions?: Statement["conditions"];
}

/** To say metrics of a namespace: CloudWatch knows no resources of them. */
export function sayMetrics({ namespace }: Metric): Grant {
  return { actions: ["cloudwatch:PutMetricData"], resources: ["*"], conditions: { StringEquals: { "cloudwatch:namespace": namespace } } };
}

/** A role's policy, as JSON. */
export function rolePolicy(grants: readonly Grant[]): pulumi.Output<string> {
  const statements = grants.map(({ actions, resources, conditions }) =>
    pulumi.output(resources).apply((known): Statement => ({ actions, resources: known, ...(conditions === undefined ? {} : { conditions }) })),
  );
  return pulumi.all(statements).apply((known) => policyDocument(known));
}

/** The same as facts. `everywhere`: on whatever resource. */
export function permits(grants: readonly Grant[]): { actions: string[]; everywhere: boolean }[] {
  return grants.map(({ actions, resources }) => ({ actions, everywhere: Array.isArray(resources) && resources.includes("*") }));
}
