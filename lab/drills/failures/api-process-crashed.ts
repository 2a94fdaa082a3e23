import type { Drill } from "../drill";

export const apiProcessCrashed: Drill = {
  name: "api-process-crashed",
  breaks: "upload-api and payment-service on one API host are killed, and started again by systemd.",
  failure: "api-process-lost",
  measures: ["info", "balance"],
  failedGets: "none",
  failedPosts: "inFlight",
  core: true,
  run: async (trial) => {
    const host = trial.lastOf("api");
    const units = ["upload-api.service", "payment-service.service"];
    await trial.breaks(`${units.join(" and ")} on ${host.host.name}: killed`, () => host.inside(["systemctl", "kill", "--signal=KILL", ...units]));
    await trial.served(["info", "balance", "upload"], 6);
  },
};
