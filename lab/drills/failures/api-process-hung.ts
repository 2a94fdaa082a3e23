import type { Drill } from "../drill";

export const apiProcessHung: Drill = {
  name: "api-process-hung",
  breaks: "upload-api on one API host stands still: it takes connections and answers nothing.",
  failure: "api-process-hung",
  measures: ["info"],
  failedGets: "inFlight",
  failedPosts: "any",
  run: async (trial) => {
    const host = trial.lastOf("api");
    await trial.breaks(`upload-api on ${host.host.name}: stopped`, () => host.inside(["systemctl", "kill", "--signal=STOP", "upload-api.service"]));
    await trial.becomes("the hung process was ended and another is there", async () => {
      const { stdout } = await host.inside(["sh", "-c", "ps -o stat= -p $(systemctl show -P MainPID upload-api)"]);
      return !stdout.startsWith("T") && stdout.trim() !== "";
    });
    await trial.served(["info", "upload"], 6);
  },
};
