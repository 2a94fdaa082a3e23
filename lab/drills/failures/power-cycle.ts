import { requestKinds } from "../../load/plan";
import type { Drill } from "../drill";

export const powerCycle: Drill = {
  name: "power-cycle",
  breaks: "The power of every host goes at once, and comes back ten seconds later.",
  failure: "power-cycle",
  measures: requestKinds,
  failedGets: "any",
  failedPosts: "any",
  jobsRunAgain: true,
  run: async (trial) => {
    const hosts = trial.lab.hosts();
    await trial.breaks("every host: off", () => Promise.all(hosts.map((host) => host.powerOff())));
    await trial.wait(10);
    await Promise.all(hosts.map((host) => host.start()));
    trial.mark("every host: on again");
    await trial.served(requestKinds, 20);
  },
};
