import { openLab } from "./engine/lab";
import { bootStack, wantedObjects } from "./hosts/boot";
import { platformMap } from "./hosts/map";
import { runMain } from "./setup/fault";

/** `make lab`: boots the hosts of a stack on this machine, and shows the platform when it is whole. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const began = Date.now();
  const seconds = (): string => `${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s`;
  const lab = await bootStack(await openLab(), stack, wantedObjects(), (what) => process.stdout.write(`${seconds()}  ${what}\n`));
  process.stdout.write(`${seconds()}  the public endpoint answers\n\n${await platformMap(lab)}`);
  return 0;
});
