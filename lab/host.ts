import { HostLab } from "./hosts/lab";
import { runMain, SetupFault } from "./setup/fault";
import { defaultHome } from "./setup/paths";
import { attach } from "./setup/process";

/** `lab/host NAME [COMMAND…]`: a shell on a host of the lab, or one command there. */
runMain(async () => {
  const [name, ...command] = process.argv.slice(2);
  const lab = HostLab.find(process.env["LAB_HOME"] ?? defaultHome);
  if (lab === undefined) throw new SetupFault("No hosts are up; run: make lab");
  const host = [...lab.hosts(), ...lab.services()].find((one) => one.host.name === name);
  if (host === undefined)
    throw new SetupFault(
      `Host ${name ?? "(none given)"}: not in the lab; give one of ${lab
        .hosts()
        .map((one) => one.host.name)
        .join(", ")}`,
    );
  if (host.init() === undefined) throw new SetupFault(`Host ${host.host.name}: it is off`);
  const [program = "", ...argv] = host.entering(command.length === 0 ? ["/bin/bash", "--login"] : command);
  return attach(program, argv, {
    env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root", TERM: process.env["TERM"] ?? "dumb" },
  });
});
