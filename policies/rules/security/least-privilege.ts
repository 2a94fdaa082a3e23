import { rule, type Violation } from "../../rule";
import { fits } from "../../stack/documents";
import { permissions, type Permission } from "../../stack/roles";
import type { Stack } from "../../stack/stack";

/** Actions that AWS knows no resource for (service authorization reference): lists, descriptions, and metrics. */
const withoutResource = [
  "ec2:describe*",
  "rds:describe*",
  "autoscaling:describe*",
  "logs:describeloggroups",
  "cloudwatch:putmetricdata",
  "cloudwatch:getmetric*",
  "cloudwatch:describealarms",
  "route53:listhostedzones",
  "arc-region-switch:listplans",
];
/** AWS's own policies that give a service whole. */
const wholeService = /(AdministratorAccess|PowerUserAccess|FullAccess)/;

export const leastPrivilege = rule({
  name: "least-privilege",
  group: "security",
  description: "no role may do everything, nor all of a service, nor anything on whatever resource that has a name",
  why: "Who takes over one host has what its role has; with a wildcard that is the database, the objects and the wallet.",
  judge: (stack) => [...permissions(stack).flatMap(judgePermission), ...attached(stack)],
});

function judgePermission({ item, actions, everywhere }: Permission): Violation[] {
  const whole = actions.filter((action) => action === "*" || action.endsWith(":*"));
  const unnamed = everywhere ? actions.filter((action) => !withoutResource.some((pattern) => fits(pattern, action.toLowerCase()))) : [];
  return [
    ...whole.map((action) => ({ urn: item.urn, promised: "each action by its name", found: action, fix: "name the actions that are needed" })),
    ...unnamed
      .filter((action) => !whole.includes(action))
      .map((action) => ({ urn: item.urn, promised: `${action} on named resources`, found: 'on "*"', fix: "name the ARNs that are needed" })),
  ];
}

function attached(stack: Stack): Violation[] {
  const byAttachment = stack.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").filter((item) => item.knows("policyArn"));
  return byAttachment
    .filter((item) => item.text("policyArn").startsWith("arn:aws:iam::aws:") && wholeService.test(item.text("policyArn")))
    .map((item) => ({
      urn: item.urn,
      promised: "no policy that gives all of a service",
      found: item.text("policyArn"),
      fix: "write one with the actions that are needed",
    }));
}
