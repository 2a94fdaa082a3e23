import { ownerOf } from "../../hosts/health";
import type { Drill } from "../drill";
import { addressHost, watchAddress } from "./edges";

export const edgeHostLost: Drill = {
  name: "edge-host-lost",
  breaks: "The edge host with the public address is gone at once.",
  failure: "edge-host-lost",
  measures: ["info"],
  failedGets: "inFlight",
  failedPosts: "inFlight",
  core: true,
  run: async (trial) => {
    const host = addressHost(trial);
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    watchAddress(trial, host);
    await trial.served(["info", "topUp"], 5);
    await trial.returns(host);
    await trial.becomes("the address is somebody's", () => Promise.resolve(ownerOf(trial.lab) !== undefined));
  },
};
