import { z } from "zod";
import { rule, type Violation } from "../../rule";
import { statementsOf } from "../../stack/documents";
import type { Item } from "../../stack/item";
import { componentOf } from "../../stack/roles";
import type { Stack } from "../../stack/stack";

const path = "assumeRolePolicy";
/** What a component says of a trust policy that has the account's number in it. */
const ownAccount = "this account";

export const rolesAssumedAsKnown = rule({
  name: "roles-assumed-as-known",
  group: "security",
  description: "a role is assumed by a service of AWS or by the stack's own account, and never by everybody or by another account",
  why: "A role that anybody may assume is a password that is published; nothing in the stack would look different.",
  judge: (stack) => stack.ofType("aws:iam/role:Role").flatMap((role) => judgeRole(stack, role)),
});

function judgeRole(stack: Stack, role: Item): Violation[] {
  const account = role.knows("arn") ? (role.text("arn").split(":")[4] ?? "") : ownAccount;
  return principalsOf(stack, role)
    .filter((principal) => !isService(principal) && principal !== ownAccount && !isOf(account, principal))
    .map((principal) => ({
      urn: role.urn,
      promised: "assumed by a service of AWS, or by the stack's own account",
      found: `assumed by ${principal === "*" ? "everybody" : principal}`,
      fix: "name the service, or the role of this account, that needs it",
    }));
}

function principalsOf(stack: Stack, role: Item): string[] {
  if (role.knows(path))
    return statementsOf(role.text(path))
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ principals }) => principals);
  const component = componentOf(stack, role);
  return component?.has("trusts") === true ? z.array(z.string()).parse(component.list("trusts")) : [role.text(path)];
}

function isService(principal: string): boolean {
  return /^[a-z0-9.-]+\.amazonaws\.com$/.test(principal);
}

function isOf(account: string, principal: string): boolean {
  return /^\d{12}$/.test(account) && (principal === account || principal.startsWith(`arn:aws:iam::${account}:`));
}
