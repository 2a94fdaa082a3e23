import { stringify } from "yaml";
import type { Blueprint } from "../blueprint/types";
import { machinesOf, planHost } from "../hosts";
import { blueprintOf } from "./engine/blueprint";
import { chosenValues, stackFileText, withValues } from "./engine/stackFile";
import { runMain, SetupFault } from "./setup/fault";

/** `make blueprint` and `make files`: what the program would make, without an engine. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const blueprint = blueprintOf(stack, withValues(stackFileText(stack), chosenValues()), process.env["SITE"]);
  switch (process.argv[2]) {
    case "blueprint":
      process.stdout.write(stringify(blueprint, { lineWidth: 0, aliasDuplicateObjects: false }));
      break;
    case "files":
      process.stdout.write(filesOf(blueprint, process.env["HOST"] ?? ""));
      break;
    default:
      throw new SetupFault(`show ${String(process.argv[2])}: needed blueprint or files`);
  }
  return Promise.resolve(0);
});

/** Every file of a host under a line with its path, mode and owner; then what it makes at boot and what it starts. */
function filesOf(blueprint: Blueprint, name: string): string {
  const machines = machinesOf(blueprint);
  const found = machines.find(([, one]) => one.name === name);
  if (found === undefined) {
    const names = machines.map(([, one]) => one.name).join(", ");
    throw new SetupFault(
      `Host ${name === "" ? "(none given)" : name}: not in stack ${blueprint.stack}; give one of ${names}, e.g. make files HOST=${machines[0]?.[1].name ?? ""}`,
    );
  }
  const plan = planHost(...found);
  const files = plan.files.map((file) => `=== ${file.path} ${file.mode} ${file.owner}\n${file.content.endsWith("\n") ? file.content : `${file.content}\n`}`);
  const secrets = plan.secrets.map((secret) => `=== ${secret.path} ${secret.mode} ${secret.owner} (made at boot from Secrets Manager)\n`);
  return `${[...files, ...secrets].join("\n")}\n=== packages\n${plan.packages.join(" ")}\n\n=== units\n${plan.units.join("\n")}\n`;
}
