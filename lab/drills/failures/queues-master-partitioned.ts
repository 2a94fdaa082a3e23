import { lossWindowSeconds } from "../../../sla/recovery";
import type { Drill } from "../drill";
import { cut, forgetQueueWrites, heal, queueWriter, queueWrites, Writer } from "../side";
import { masterOf, watchMaster } from "./redises";

export const queuesMasterPartitioned: Drill = {
  name: "queues-master-partitioned",
  breaks: "The master of the Redis for queues is cut off from all but one API host, whose clients go on writing to it.",
  failure: "redis-master-host-lost",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "any",
  jobsRunAgain: true,
  run: async (trial) => {
    const api = trial.lastOf("api");
    await forgetQueueWrites(api);
    const host = await masterOf(trial, "queues");
    const writer = new Writer(api, queueWriter);
    try {
      await writer.begun();
      await trial.wait(1);
      await trial.breaks(`${host.host.name} with ${api.host.name}: cut off`, () => cut([host, api]));
      watchMaster(trial, "queues", host);
      await trial.served(["upload", "topUp"], 12);
    } finally {
      await heal([host, api]);
    }
    const healedAt = Date.now();
    trial.mark("the partition is healed");
    await trial.wait(3);
    const written = await writer.stop();
    await trial.settle();
    const kept = await queueWrites(api);
    const lost = written.filter(({ id }) => !kept.has(id));
    const last = Math.max(trial.failedAt, ...lost.map(({ at }) => at));
    const windowSeconds = lossWindowSeconds(trial.lab.blueprint);
    const inside = written.filter(({ at }) => at > trial.failedAt && at < healedAt);
    trial.mark(
      `${String(inside.length)} writes acknowledged inside after the cut; ${String(lost.length)} lost, the last ${((last - trial.failedAt) / 1000).toFixed(1)} s after it`,
    );
    // What was written in the window that max-lag leaves, and nothing that was written later.
    const allowed = written.filter(({ at }) => at > trial.failedAt - 1000 && at < trial.failedAt + windowSeconds * 1000).length;
    trial.side = { acknowledged: written.length, lost: lost.length, allowed };
  },
};
