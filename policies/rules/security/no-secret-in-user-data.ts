import { looksSecret } from "../../../config/secretPatterns";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { userDataText } from "../../stack/userData";

/** Where user data is, and whether as base64. */
const places: { type: string; path: string; base64: boolean }[] = [
  { type: "aws:ec2/launchTemplate:LaunchTemplate", path: "userData", base64: true },
  { type: "aws:ec2/instance:Instance", path: "userData", base64: false },
  { type: "aws:ec2/instance:Instance", path: "userDataBase64", base64: true },
];

export const noSecretInUserData = rule({
  name: "no-secret-in-user-data",
  group: "security",
  description: "no machine's user data holds a private key, a wallet, a password in a URL or a service's key",
  why: "User data can be read by every process of the machine and by whoever may describe it, and stays in every version of the template.",
  judge: (stack) => places.flatMap(({ type, path, base64 }) => stack.ofType(type).flatMap((machine) => judgeMachine(machine, path, base64))),
});

/** What an instance takes from its template is not known before the update; the template is judged. */
function judgeMachine(machine: Item, path: string, base64: boolean): Violation[] {
  if (!machine.has(path) || (!machine.knows(path) && machine.references("launchTemplate").length > 0)) return [];
  const given = machine.text(path);
  const text = base64 ? userDataText(given) : given;
  if (!looksSecret(text)) return [];
  return [
    {
      urn: machine.urn,
      promised: `${path} without a secret`,
      found: "a text that looks like one (config/secretPatterns.ts)",
      fix: "put it into a secret's container and let the host fetch it; then make a new one of it, since this one was seen",
    },
  ];
}
