import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { namespace } from "../../config/settings";
import { SetupFault } from "../setup/fault";
import { repository } from "../setup/paths";

/** Keys by which a stack file names its secrets provider. The lab has its own. */
const providerKeys = ["encryptionsalt", "encryptedkey", "secretsprovider"];

export function stackFileExists(stack: string): boolean {
  return existsSync(stackFile(stack));
}

/** What an operator chose for a stack: the text of `Pulumi.<stack>.yaml`. Throws a `SetupFault` that names the stacks there are. */
export function stackFileText(stack: string): string {
  if (stackFileExists(stack)) return readFileSync(stackFile(stack), "utf8");
  const stacks = readdirSync(repository).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  throw new SetupFault(`Stack ${stack}: Pulumi.${stack}.yaml does not exist; choose one of ${stacks.sort().join(", ")}, e.g. STACK=${stacks[0] ?? "level1"}`);
}

/** The text of a stack file under the lab's secrets provider. */
export function withSalt(text: string, stack: string, salt: string): string {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault !== undefined) throw new SetupFault(`Pulumi.${stack}.yaml: not YAML: ${fault.message}`);
  for (const key of providerKeys) document.delete(key);
  document.set("encryptionsalt", salt);
  return document.toString();
}

/** The text of a stack file with further config values, by their keys without the program's namespace. */
export function withValues(text: string, values: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(values)) document.setIn(["config", `${namespace}:${key}`], value);
  return document.toString();
}

/** Config values that the command's own environment chooses: `HOSTING=`. Throws a `SetupFault` for one that there is not. */
export function chosenValues(hosting = process.env["HOSTING"]): Readonly<Record<string, unknown>> {
  if (hosting === undefined || hosting === "") return {};
  if (hosting === "selfHosted" || hosting === "managed") return { hosting };
  throw new SetupFault(`HOSTING=${hosting}: needed selfHosted or managed`);
}

/** The salt that the engine wrote into a stack file. */
export function saltOf(text: string): string | undefined {
  const value: unknown = parseDocument(text).get("encryptionsalt");
  return typeof value === "string" ? value : undefined;
}

function stackFile(stack: string): string {
  return join(repository, `Pulumi.${stack}.yaml`);
}
