import type { Drill } from "../drill";
import { masterOf, watchMaster } from "./redises";

export const cacheMasterHostLost: Drill = {
  name: "cache-master-host-lost",
  breaks: "The host with the master of the Redis for cache is gone at once, with its Sentinel, its etcd member and its witness.",
  failure: "redis-master-host-lost",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "any",
  jobsRunAgain: true,
  run: async (trial) => {
    const host = await masterOf(trial, "cache");
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    watchMaster(trial, "cache", host);
    await trial.served(["upload", "topUp"], 6);
    await trial.returns(host);
  },
};
