import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

export const plannedSwitchover: Drill = {
  name: "planned-switchover",
  breaks: "An operator moves the primary to the synchronous standby.",
  failure: "planned-switchover",
  measures: ["topUp", "balance"],
  failedGets: "inFlight",
  failedPosts: "inFlight",
  run: async (trial) => {
    const host = await primary(trial);
    const { scope } = trial.lab.blueprint.database.patroni;
    const command = ["patronictl", "-c", "/etc/patroni/config.yml", "switchover", scope, "--leader", host.host.name, "--force"];
    await trial.breaks("an operator asks for a switchover", async () => {
      const { status, stdout, stderr } = await host.inside(["sh", "-c", 'set -a; . /run/bundler/database/patroni.env; exec "$@"', "sh", ...command]);
      if (status !== 0) throw new Error(`patronictl: ${stderr}${stdout}`);
    });
    watchPromotion(trial, host);
    await trial.served(["topUp", "balance", "upload"], 8);
  },
};
