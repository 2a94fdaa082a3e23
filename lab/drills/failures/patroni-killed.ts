import type { Drill } from "../drill";
import { primary } from "./databases";

export const patroniKilled: Drill = {
  name: "patroni-killed",
  breaks: "Patroni on the primary is killed; PostgreSQL lives.",
  failure: "patroni-killed",
  measures: ["topUp", "balance"],
  failedGets: "none",
  failedPosts: "inFlight",
  core: true,
  run: async (trial) => {
    const host = await primary(trial);
    await trial.breaks(`${host.host.name}: Patroni killed`, () => host.inside(["systemctl", "kill", "--kill-whom=main", "--signal=KILL", "patroni.service"]));
    await trial.served(["topUp", "balance"], 8);
  },
};
