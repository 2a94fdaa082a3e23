/** One permission. */
export interface Statement {
  sid?: string;
  /** Absent: `Allow`. */
  effect?: "Allow" | "Deny";
  /** Only in a resource's own policy. */
  principal?: "*" | Record<string, string>;
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string | string[]>>;
}

/** A policy of IAM's, or of a resource, as JSON. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect, principal, actions, resources, conditions }) => ({
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: effect ?? "Allow",
      ...(principal === undefined ? {} : { Principal: principal }),
      Action: actions,
      Resource: resources,
      ...(conditions === undefined ? {} : { Condition: conditions }),
    })),
  });
}

/** A trust policy for one AWS service. */
export function assumableBy(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}
