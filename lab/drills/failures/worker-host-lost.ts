import { jobsOpen } from "../../load/account";
import type { Drill } from "../drill";

export const workerHostLost: Drill = {
  name: "worker-host-lost",
  breaks: "One of the worker hosts is gone in the middle of its jobs.",
  failure: "worker-host-lost",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "none",
  core: true,
  run: async (trial) => {
    const [host] = trial.lab.hostsOf("worker");
    if (host === undefined) throw new Error("there is no worker host");
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    await trial.served(["upload"], 6);
    await trial.returns(host);
    await trial.quiet();
    await trial.becomes("every job is done", async () => (await jobsOpen(trial.lab)) === 0);
  },
};
