/** One permission. */
export interface Statement {
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string | string[]>>;
  effect?: "Allow" | "Deny";
}

/** An IAM policy as JSON. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources, conditions, effect }) => ({
      Effect: effect ?? "Allow",
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
