import { mustBe } from "../../mustBe";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

export const imdsv2Required = rule({
  name: "imdsv2-required",
  group: "security",
  description: "a machine gives its role's credentials only for a session's token, and to nobody behind it",
  why: "A request that the application can be made to forward would otherwise read the credentials, and with them the wallet.",
  limits: { hops: { what: "network hops that an answer with credentials goes", stricter: "lower", of: () => 1 } },
  judge: (stack, { hops }) => [
    ...stack.ofType("aws:ec2/launchTemplate:LaunchTemplate").flatMap((template) => judgeMachine(template, hops)),
    ...stack
      .ofType("aws:ec2/instance:Instance")
      .filter((instance) => instance.references("launchTemplate").length === 0)
      .flatMap((instance) => judgeMachine(instance, hops)),
  ],
});

function judgeMachine(machine: Item, most: number): Violation[] {
  const path = "metadataOptions.httpPutResponseHopLimit";
  const found = machine.number(path);
  return [
    ...mustBe(machine, "metadataOptions.httpTokens", "required"),
    ...(found <= most ? [] : [{ urn: machine.urn, promised: `${path} of at most ${String(most)}`, found: String(found), fix: `set it to ${String(most)}` }]),
  ];
}
