import { HostLab } from "./hosts/lab";
import { platformMap } from "./hosts/map";
import { runMain, SetupFault } from "./setup/fault";
import { defaultHome } from "./setup/paths";

/** `lab/status`: primary, masters, owner of the public address, queue depths, and what is missing. */
runMain(async () => {
  const lab = HostLab.find(process.env["LAB_HOME"] ?? defaultHome);
  if (lab === undefined) throw new SetupFault("No hosts are up; run: make lab");
  process.stdout.write(await platformMap(lab));
  return 0;
});
