import type { Drill } from "../drill";

export const apiHostLost: Drill = {
  name: "api-host-lost",
  breaks: "One of the API hosts is gone at once.",
  failure: "api-host-lost",
  measures: ["info", "balance"],
  failedGets: "none",
  failedPosts: "inFlight",
  core: true,
  run: async (trial) => {
    const host = trial.lastOf("api");
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    await trial.served(["info", "balance", "upload"], 6);
    await trial.returns(host);
  },
};
