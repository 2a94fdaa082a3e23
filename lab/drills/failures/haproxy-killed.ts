import type { Drill } from "../drill";
import { addressHost, watchAddress } from "./edges";

export const haproxyKilled: Drill = {
  name: "haproxy-killed",
  breaks: "HAProxy on the edge host with the public address is killed; the host and keepalived live.",
  failure: "haproxy-killed",
  measures: ["info"],
  failedGets: "any",
  failedPosts: "any",
  core: true,
  run: async (trial) => {
    const host = addressHost(trial);
    await trial.breaks(`HAProxy on ${host.host.name}: killed`, () => host.inside(["systemctl", "kill", "--signal=KILL", "haproxy.service"]));
    watchAddress(trial, host);
    await trial.served(["info", "topUp"], 6);
  },
};
