import { databaseState } from "../../hosts/inspect";
import type { Drill } from "../drill";

export const databaseStandbyLost: Drill = {
  name: "database-standby-lost",
  breaks: "The host of the synchronous standby is gone at once: the primary may acknowledge nothing until another takes its place.",
  failure: "database-standby-lost",
  measures: ["topUp"],
  failedGets: "none",
  failedPosts: "any",
  core: true,
  run: async (trial) => {
    const name = (await databaseState(trial.lab))?.synchronous[0];
    if (name === undefined) throw new Error("there is no synchronous standby");
    const host = trial.lab.host(name);
    await trial.breaks(`${name}: lost`, () => host.lose());
    trial.watch("another standby is synchronous", async () => {
      const synchronous = (await databaseState(trial.lab))?.synchronous ?? [];
      return synchronous.some((one) => one !== name);
    });
    await trial.served(["topUp", "upload"], 10);
    await trial.returns(host);
  },
};
