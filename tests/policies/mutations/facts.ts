import type { Mutation } from "../mutation";

export const factsMutations: readonly Mutation[] = [
  {
    what: "a database host stands in another's zone",
    stack: "level1-selfHosted",
    type: "aws:ec2/instance:Instance",
    name: "db-2-instance",
    change: { reference: "subnetId", type: "aws:ec2/subnet:Subnet", to: "data-a" },
    caughtBy: "hosts-as-promised",
    alsoBy: ["database-members-apart"],
  },
];
