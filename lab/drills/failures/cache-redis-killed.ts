import type { Drill } from "../drill";
import { masterOf } from "./redises";

export const cacheRedisKilled: Drill = {
  name: "cache-redis-killed",
  breaks: "The master of the Redis for cache is killed, and started again by systemd with what its append-only file has.",
  failure: "redis-restarted",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "any",
  run: async (trial) => {
    const host = await masterOf(trial, "cache");
    const unit = "redis-server@cache.service";
    await trial.breaks(`${unit} on ${host.host.name}: killed`, () => host.inside(["systemctl", "kill", "--kill-whom=main", "--signal=KILL", unit]));
    await trial.served(["upload", "topUp"], 6);
  },
};
