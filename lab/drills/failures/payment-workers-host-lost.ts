import { unitStates } from "../../hosts/inspect";
import type { Drill } from "../drill";

const unit = "payment-workers.service";

export const paymentWorkersHostLost: Drill = {
  name: "payment-workers-host-lost",
  breaks: "The host that runs payment-workers, of which there is one in the platform, is gone at once.",
  failure: "worker-host-lost",
  measures: ["upload"],
  failedGets: "none",
  failedPosts: "none",
  run: async (trial) => {
    const hosts = trial.lab.hostsOf("worker");
    const states = await Promise.all(hosts.map(async (host) => ({ host, active: (await unitStates(host, [unit]))[unit] === "active" })));
    const host = states.find(({ active }) => active)?.host;
    if (host === undefined) throw new Error("payment-workers run nowhere");
    const others = hosts.filter((one) => one !== host);
    await trial.breaks(`${host.host.name}: lost`, () => host.lose());
    await trial.within("payment-workers run elsewhere", "payment-workers-host-lost", async () => {
      const there = await Promise.all(others.map((one) => unitStates(one, [unit])));
      return there.some((one) => one[unit] === "active");
    });
    await trial.served(["upload", "topUp"], 6);
    await trial.returns(host);
  },
};
