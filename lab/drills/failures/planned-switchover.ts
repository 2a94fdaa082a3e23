import { switchover } from "../../hosts/database";
import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

export const plannedSwitchover: Drill = {
  name: "planned-switchover",
  breaks: "An operator moves the primary to the synchronous standby.",
  failure: "planned-switchover",
  measures: ["topUp", "balance"],
  failedGets: "inFlight",
  failedPosts: "inFlight",
  run: async (trial) => {
    const host = await primary(trial);
    await trial.breaks("an operator asks for a switchover", async () => {
      const refusal = await switchover(trial.lab, host);
      if (refusal !== undefined) throw new Error(`patronictl: ${refusal}`);
    });
    watchPromotion(trial, host);
    await trial.served(["topUp", "balance", "upload"], 8);
  },
};
