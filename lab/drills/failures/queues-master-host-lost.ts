import type { Drill } from "../drill";
import { masterOf, watchMaster } from "./redises";

export const queuesMasterHostLost: Drill = {
  name: "queues-master-host-lost",
  breaks: "The host with the master of the Redis for queues is gone at once, with its Sentinel, its etcd member and its witness.",
  failure: "redis-master-host-lost",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "any",
  core: true,
  jobsRunAgain: true,
  run: async (trial) => {
    const host = await masterOf(trial, "queues");
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    watchMaster(trial, "queues", host);
    await trial.served(["upload", "topUp"], 6);
    await trial.returns(host);
  },
};
