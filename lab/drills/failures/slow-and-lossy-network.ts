import { Disturbance } from "../../hosts/network/disturb";
import type { Drill } from "../drill";
import { primary } from "./databases";

/** Ten times what zones of a region are apart, there and back. */
const delayMilliseconds = 10;
const lossPercent = 1;
const disturbedSeconds = 30;

export const slowAndLossyNetwork: Drill = {
  name: "slow-and-lossy-network",
  breaks: `For ${String(disturbedSeconds)} s every packet from and to the primary's zone is ${String(delayMilliseconds)} ms late, and ${String(lossPercent)} % of those between zones are lost.`,
  failure: "slow-network",
  measures: ["topUp", "balance", "upload"],
  failedGets: "any",
  failedPosts: "any",
  run: async (trial) => {
    const host = await primary(trial);
    const zone = trial.lab.platform.zones.find(({ name }) => name === host.host.zone);
    if (zone === undefined) throw new Error(`${host.host.name}: its zone is not in the platform`);
    let disturbance: Disturbance | undefined;
    try {
      await trial.breaks(`${zone.name}: slow and lossy`, async () => {
        disturbance = await Disturbance.begin(trial.lab.platform, zone, delayMilliseconds, lossPercent);
      });
      await trial.wait(disturbedSeconds);
    } finally {
      await disturbance?.end();
    }
    trial.mark("the network is well again");
    await trial.served(["topUp", "balance", "upload"], disturbedSeconds + 4);
  },
};
