import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

export const postgresKilled: Drill = {
  name: "postgres-killed",
  breaks: "Every process of PostgreSQL on the primary is killed; Patroni lives.",
  failure: "postgres-killed",
  measures: ["topUp", "balance"],
  failedGets: "any",
  failedPosts: "any",
  core: true,
  run: async (trial) => {
    const host = await primary(trial);
    await trial.breaks(`${host.host.name}: postgres killed`, () => host.inside(["pkill", "-KILL", "-x", "postgres"]));
    watchPromotion(trial, host);
    await trial.served(["topUp", "balance", "upload"], 8);
  },
};
