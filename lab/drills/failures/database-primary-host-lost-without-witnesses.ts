import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

/** What the platform would be without its witnesses: shown beside the drill with them. */
export const databasePrimaryHostLostWithoutWitnesses: Drill = {
  name: "database-primary-host-lost-without-witnesses",
  breaks: "The same with the witnesses stopped: Patroni's lease decides.",
  failure: "database-primary-host-lost-without-witnesses",
  measures: ["topUp", "balance"],
  failedGets: "any",
  failedPosts: "any",
  run: async (trial) => {
    const host = await primary(trial);
    const witnesses = trial.lab.hostsOf("redis");
    for (const witness of witnesses) await witness.inside(["systemctl", "stop", "bundler-witness.service"]);
    try {
      await trial.breaks(`${host.host.name}: lost`, () => host.lose());
      watchPromotion(trial, host);
      await trial.served(["topUp", "balance", "upload"], 15);
    } finally {
      for (const witness of witnesses) await witness.inside(["systemctl", "start", "bundler-witness.service"]);
    }
    await trial.returns(host);
  },
};
