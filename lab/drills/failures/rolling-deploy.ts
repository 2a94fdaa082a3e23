import { debianRoot } from "../../debian/root";
import { faultsOf } from "../../hosts/health";
import type { Drill } from "../drill";

export const rollingDeploy: Drill = {
  name: "rolling-deploy",
  breaks: "Every application host is stopped in good order and replaced by a new one, one after the other.",
  failure: "rolling-deploy",
  measures: ["info", "balance", "topUp"],
  failedGets: "none",
  failedPosts: "none",
  run: async (trial) => {
    const root = await debianRoot("baked");
    await trial.breaks("a deploy begins", () => Promise.resolve());
    for (const host of [...trial.lab.hostsOf("api"), ...trial.lab.hostsOf("worker")]) {
      await host.shutDown();
      trial.mark(`${host.host.name}: stopped`);
      await host.replaceRoot(root);
      await host.start();
      await trial.becomes(`${host.host.name}: replaced`, async () => (await faultsOf(trial.lab)).length === 0);
    }
  },
};
