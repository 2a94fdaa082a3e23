import type { PolicyStatement } from "../platform";

/** What a call asks of the caller's role. */
export interface Need {
  /** As in a policy, e.g. `secretsmanager:GetSecretValue`. */
  action: string;
  /** ARN of what is used, or `*` where AWS knows no resource for the action. */
  resource: string;
  /** Condition keys of the call, e.g. `kms:ViaService`. */
  context?: Readonly<Record<string, string>>;
}

/** The first need that the statements do not meet; undefined when all are met. Of IAM's rules: a deny wins, and what nothing allows is refused. */
export function refused(statements: readonly PolicyStatement[], needs: readonly Need[]): Need | undefined {
  return needs.find((need) => !permits(statements, need));
}

function permits(statements: readonly PolicyStatement[], need: Need): boolean {
  const about = statements.filter((statement) => applies(statement, need));
  return about.some((statement) => statement.effect === "Allow") && !about.some((statement) => statement.effect === "Deny");
}

function applies(statement: PolicyStatement, need: Need): boolean {
  return (
    statement.actions.some((pattern) => like(pattern.toLowerCase(), need.action.toLowerCase())) &&
    statement.resources.some((pattern) => like(pattern, need.resource)) &&
    Object.entries(statement.conditions).every(([operator, keys]) => holds(operator, keys, need.context ?? {}, statement.effect))
  );
}

// A condition of a kind that is not modelled is taken against the caller: it lets no Allow apply, and every Deny.
function holds(
  operator: string,
  keys: Readonly<Record<string, string | string[]>>,
  context: Readonly<Record<string, string>>,
  effect: "Allow" | "Deny",
): boolean {
  const compare = operators[operator];
  if (compare === undefined) return effect === "Deny";
  return Object.entries(keys).every(([key, wanted]) => {
    const given = context[key];
    return given !== undefined && (typeof wanted === "string" ? [wanted] : wanted).some((one) => compare(one, given));
  });
}

const operators: Readonly<Record<string, (wanted: string, given: string) => boolean>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: like,
};

/** A policy's pattern: `*` stands for any text, `?` for one character. */
function like(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}
