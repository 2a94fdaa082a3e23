import { debianRoot } from "../../debian/root";
import type { Container } from "../../hosts/container";
import type { Drill } from "../drill";
import type { Trial } from "../trial";

/** One host of each role that keeps something, by what is asked of its replacement. */
export const hostReplaced: Drill = {
  name: "host-replaced",
  breaks: "A database standby, with its volume, and a worker are lost for good; new hosts are made from the stack's user data.",
  failure: "database-standby-lost",
  measures: ["topUp"],
  failedGets: "none",
  failedPosts: "any",
  run: async (trial) => {
    const hosts = [trial.lab.hostsOf("database").slice(-1), trial.lab.hostsOf("worker").slice(-1)].flat();
    await trial.breaks(`${hosts.map(({ host }) => host.name).join(", ")}: lost for good`, () => Promise.all(hosts.map((host) => host.lose())));
    await trial.served(["topUp", "upload"], 10);
    await replace(trial, hosts);
  },
};

async function replace(trial: Trial, hosts: readonly Container[]): Promise<void> {
  const root = await debianRoot("baked");
  for (const host of hosts) {
    await host.replaceRoot(root);
    host.forgetVolumes();
  }
  await trial.returns(...hosts);
}
