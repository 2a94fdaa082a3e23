import type { Drill } from "../drill";
import { masterOf } from "./redises";

export const queuesRedisKilled: Drill = {
  name: "queues-redis-killed",
  breaks: "The master of the Redis for queues is killed, and started again by systemd with what its append-only file has.",
  failure: "redis-restarted",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "any",
  core: true,
  jobsRunAgain: true,
  run: async (trial) => {
    const host = await masterOf(trial, "queues");
    const unit = "redis-server@queues.service";
    await trial.breaks(`${unit} on ${host.host.name}: killed`, () => host.inside(["systemctl", "kill", "--kill-whom=main", "--signal=KILL", unit]));
    await trial.served(["upload", "topUp"], 6);
  },
};
