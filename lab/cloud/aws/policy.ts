import { isProperties, textAt, type Json, type Properties } from "../properties";
import { ACCOUNT, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { ROLE } from "./types";

/** What a policy is attached to decides what must be in it. */
export type PolicyKind = "identity" | "trust" | "resource";

/** Rule of a property: text that is a JSON document. */
export function jsonFault(written: string): string | undefined {
  try {
    return isProperties(JSON.parse(written) as Json) ? undefined : "contains a JSON document that is not an object";
  } catch (fault) {
    return `contains an invalid JSON: ${fault instanceof Error ? fault.message : String(fault)}`;
  }
}

/** The statements of a policy document. */
export function statementsOf(written: string): Properties[] {
  const document = JSON.parse(written) as Json;
  const statement = isProperties(document) ? document["Statement"] : undefined;
  return (Array.isArray(statement) ? statement : [statement]).filter(isProperties);
}

/** Texts of a policy element, which may stand alone or in a list. */
export function elements(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

/** Principals of a statement by kind, e.g. `AWS` or `Service`; `*` stands for `{ AWS: "*" }`. */
export function principalsOf(statement: Properties, kind: "AWS" | "Service"): string[] {
  const principal = statement["Principal"];
  if (principal === "*") return kind === "AWS" ? ["*"] : [];
  return isProperties(principal) ? elements(principal[kind]) : [];
}

/** Refuses a policy document that IAM's grammar refuses, or whose principals do not exist. `code` is the service's own. */
export function checkPolicy(written: string, kind: PolicyKind, code: string, cloud: Cloud): void {
  const refuse = (message: string): never => {
    throw new Refusal(code, message);
  };
  if (jsonFault(written) !== undefined) refuse("Syntax errors in policy.");
  const document = JSON.parse(written) as Properties;
  if (!["2012-10-17", "2008-10-17"].includes(textAt(document, "Version") ?? ""))
    refuse("Syntax error at position (1,1): the Version must be 2012-10-17 (or 2008-10-17)");
  const statements = statementsOf(written);
  if (statements.length === 0) refuse("Policy document must contain a Statement.");
  const ids = statements.map((statement) => textAt(statement, "Sid")).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) refuse("Statement IDs (SID) in a single policy must be unique.");
  if (kind !== "resource" && ids.some((id) => !/^[0-9A-Za-z]*$/.test(id))) refuse("Statement IDs (SID) must be alpha-numeric.");
  for (const statement of statements) {
    const fault = statementFault(statement, kind);
    if (fault !== undefined) refuse(fault);
    for (const principal of principalsOf(statement, "AWS")) if (!principalExists(principal, cloud)) refuse(`Invalid principal in policy: "AWS":"${principal}"`);
  }
}

function statementFault(statement: Properties, kind: PolicyKind): string | undefined {
  if (!["Allow", "Deny"].includes(textAt(statement, "Effect") ?? "")) return "Effect must be Allow or Deny.";
  const actions = [...elements(statement["Action"]), ...elements(statement["NotAction"])];
  if (actions.length === 0) return "Policy statement must contain actions.";
  if (actions.some((action) => action !== "*" && !/^[a-z0-9-]+:[a-z0-9*?]+$/i.test(action)))
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  const resources = [...elements(statement["Resource"]), ...elements(statement["NotResource"])];
  if (kind === "trust" && resources.length > 0) return "Has prohibited field Resource.";
  if (kind !== "trust" && resources.length === 0) return "Policy statement must contain resources.";
  const odd = resources.find((resource) => resource !== "*" && !/^arn:aws[a-z-]*:[^:]*:[^:]*:[^:]*:.+/.test(resource));
  if (odd !== undefined) return `Resource ${odd} must be in ARN format or "*".`;
  const principal = statement["Principal"] ?? statement["NotPrincipal"];
  if (kind === "identity" && principal !== undefined) return "Policy document should not specify a principal.";
  return kind !== "identity" && principal === undefined ? "Missing required field Principal" : undefined;
}

// Only roles are recorded; other principals of this account (users) are not modelled and so do not exist.
function principalExists(principal: string, cloud: Cloud): boolean {
  if (principal === "*" || /^\d{12}$/.test(principal) || /^arn:aws:iam::\d{12}:root$/.test(principal)) return true;
  if (!principal.startsWith(`arn:aws:iam::${ACCOUNT}:`)) return /^arn:aws[a-z-]*:(iam|sts)::\d{12}:.+/.test(principal) && !principal.includes(`::${ACCOUNT}:`);
  return cloud.record.all(ROLE).some((role) => role.properties["arn"] === principal);
}

/** True when a role's trust policy lets an AWS service take it on. */
export function assumableBy(cloud: Cloud, roleArn: string, service: string): boolean {
  const role = cloud.anywhere(ROLE, "arn", roleArn);
  return statementsOf(textAt(role?.properties, "assumeRolePolicy") ?? "{}").some(
    (statement) =>
      statement["Effect"] === "Allow" &&
      principalsOf(statement, "Service").includes(service) &&
      elements(statement["Action"]).some((action) => ["*", "sts:*", "sts:AssumeRole"].includes(action)),
  );
}
