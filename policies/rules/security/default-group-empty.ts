import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

export const defaultGroupEmpty = rule({
  name: "default-group-empty",
  group: "security",
  description: "the default security group of each network of the stack has no rules",
  why: "AWS puts into it whatever is made without a group, and lets its members reach each other.",
  judge: (stack) => {
    const groups = stack.ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    return stack.ofType("aws:ec2/vpc:Vpc").flatMap((vpc) => {
      const group = groups.find((one) => one.references("vpcId").includes(vpc.urn));
      return group === undefined
        ? [fault(vpc, "no DefaultSecurityGroup of it in the stack, so AWS's rules")]
        : [...filled(group, "ingress"), ...filled(group, "egress")];
    });
  },
});

function filled(group: Item, direction: "ingress" | "egress"): Violation[] {
  const rules = group.list(direction).length;
  return rules === 0 ? [] : [fault(group, `${String(rules)} ${direction} rules`)];
}

function fault({ urn }: Item, found: string): Violation {
  return { urn, promised: "a default group without rules", found, fix: "make an aws.ec2.DefaultSecurityGroup with ingress [] and egress []" };
}
