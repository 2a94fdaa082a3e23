import { Layout } from "./hosts/layout";
import { HostLab, needHostPrograms } from "./hosts/lab";
import { leftovers } from "./hosts/region";
import { runMain } from "./setup/fault";
import { defaultHome } from "./setup/paths";

/** `make lab-down`: ends every process of the lab's hosts, and shows that nothing of it is left, also after a crash. */
runMain(async () => {
  await needHostPrograms();
  const home = process.env["LAB_HOME"] ?? defaultHome;
  await HostLab.stop(home);
  const left = await leftovers(Layout.of(home));
  process.stdout.write(left.length === 0 ? "0 left of the lab's hosts on this machine.\n" : `${left.join("\n")}\n`);
  return left.length === 0 ? 0 : 1;
});
