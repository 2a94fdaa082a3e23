import { HostLab, isManaged, isSelfHosted } from "./hosts/lab";
import { managedMap } from "./managed/map";
import { platformMap } from "./hosts/map";
import { runMain, SetupFault } from "./setup/fault";
import { defaultHome } from "./setup/paths";

/** `lab/status`: primary, masters, owner of the public address, queue depths, and what is missing. */
runMain(async () => {
  const lab = HostLab.find(process.env["LAB_HOME"] ?? defaultHome);
  if (lab === undefined) throw new SetupFault("No hosts are up; run: make lab");
  if (isSelfHosted(lab)) process.stdout.write(await platformMap(lab));
  else if (isManaged(lab)) process.stdout.write(await managedMap(lab));
  return 0;
});
