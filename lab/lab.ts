import { blueprintOf } from "./engine/blueprint";
import { openLab } from "./engine/lab";
import { bootStack, wantedObjects } from "./hosts/boot";
import { platformMap } from "./hosts/map";
import { bootManaged } from "./managed/boot";
import { managedMap } from "./managed/map";
import { runMain } from "./setup/fault";
import { sayWithSeconds } from "./setup/say";

/** `make lab`: boots the hosts of a stack on this machine, and shows the platform when it is whole. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const say = sayWithSeconds();
  const engine = await openLab();
  const { hosting } = blueprintOf(stack, engine.stackFileText(stack));
  const map =
    hosting === "managed" ? await managedMap(await bootManaged(engine, stack, say)) : await platformMap(await bootStack(engine, stack, wantedObjects(), say));
  say("the public endpoint answers");
  process.stdout.write(`\n${map}`);
  return 0;
});
