import { z } from "zod";

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((given) => (typeof given === "string" ? [given] : given));
const principal = z.union([z.literal("*"), z.record(z.string(), oneOrMore)]);
const statementSchema = z
  .object({
    Effect: z.enum(["Allow", "Deny"]),
    Principal: principal.optional(),
    NotPrincipal: principal.optional(),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore.optional(),
    NotResource: oneOrMore.optional(),
    Condition: z.unknown().optional(),
  })
  .loose();
const documentSchema = z.object({ Statement: z.union([z.array(statementSchema), statementSchema.transform((one) => [one])]) });

/** One statement of a policy of IAM's, as it reads. What it says by exception (`NotAction`, …) is everything. */
export interface PolicyStatement {
  effect: "Allow" | "Deny";
  /** ARNs, services or accounts; `*` for everybody. */
  principals: string[];
  actions: string[];
  resources: string[];
  /** As JSON; null where there is none. */
  conditions: string | null;
}

/** The statements of a policy document. Throws when it is none. */
export function statementsOf(document: string): PolicyStatement[] {
  return documentSchema.parse(JSON.parse(document)).Statement.map((one) => ({
    effect: one.Effect,
    principals: one.NotPrincipal === undefined ? principalsOf(one.Principal) : ["*"],
    actions: one.NotAction === undefined ? (one.Action ?? []) : ["*"],
    resources: one.NotResource === undefined ? (one.Resource ?? []) : ["*"],
    conditions: one.Condition === undefined ? null : JSON.stringify(one.Condition),
  }));
}

function principalsOf(given: z.infer<typeof principal> | undefined): string[] {
  if (given === undefined) return [];
  return given === "*" ? ["*"] : Object.values(given).flat();
}

/** Whether a pattern of IAM's, with `*` and `?`, fits. Actions are compared without case, as IAM does: give them in one. */
export function fits(pattern: string, text: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
