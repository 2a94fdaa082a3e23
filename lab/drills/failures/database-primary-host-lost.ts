import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

export const databasePrimaryHostLost: Drill = {
  name: "database-primary-host-lost",
  breaks: "The host of the primary is gone at once, its unwritten disk cache with it.",
  failure: "database-primary-host-lost",
  measures: ["topUp", "balance"],
  failedGets: "any",
  failedPosts: "any",
  core: true,
  run: async (trial) => {
    const host = await primary(trial);
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    watchPromotion(trial, host);
    await trial.served(["topUp", "balance", "upload"], 8);
    await trial.returns(host);
  },
};
