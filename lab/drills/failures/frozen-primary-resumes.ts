import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

export const frozenPrimaryResumes: Drill = {
  name: "frozen-primary-resumes",
  breaks: "The host of the primary stands still for longer than its lease, and then goes on as if nothing had been.",
  // Its kernel still takes connections: what the witnesses miss is the renewal of its lease.
  failure: "database-primary-frozen",
  measures: ["topUp", "balance"],
  failedGets: "any",
  failedPosts: "any",
  run: async (trial) => {
    const host = await primary(trial);
    await trial.breaks(`${host.host.name}: frozen`, () => {
      host.freeze();
      return Promise.resolve();
    });
    watchPromotion(trial, host);
    await trial.wait(trial.lab.blueprint.database.patroni.ttlSeconds + 5);
    host.thaw();
    trial.mark(`${host.host.name}: goes on`);
    await trial.served(["topUp", "balance", "upload"], 30);
  },
};
