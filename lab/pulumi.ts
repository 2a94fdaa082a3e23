import { repository } from "./setup/paths";
import { runMain } from "./setup/fault";
import { namedStack, subcommand } from "./engine/arguments";
import { openLab } from "./engine/lab";
import { stackFileExists } from "./engine/stackFile";

/** Any Pulumi command on the embedded cloud. The stack is `-s`, or `STACK`, or level1; it is initialised when its stack file exists. */
runMain(async () => {
  const argv = process.argv.slice(2);
  const lab = await openLab();
  const stack = namedStack(argv) ?? process.env["STACK"] ?? "level1";
  if (stackFileExists(stack)) await lab.ensureStack(stack);
  if (subcommand(argv).join(" ") === "stack init") {
    process.stderr.write(
      `Stack ${stack}: ${lab.stackExists(stack) ? "initialised in the lab" : `write Pulumi.${stack}.yaml first; the lab then initialises it by itself`}\n`,
    );
    return lab.stackExists(stack) ? 0 : 1;
  }
  const here = process.cwd();
  const directory = here === repository || here.startsWith(`${repository}/`) ? here : repository;
  return lab.attach(argv, { stack, directory });
});
