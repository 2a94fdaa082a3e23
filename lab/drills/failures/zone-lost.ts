import { requestKinds } from "../../load/plan";
import { switchover } from "../../hosts/database";
import { primary, watchPromotion } from "./databases";
import { addressHost, watchAddress } from "./edges";
import type { Drill } from "../drill";
import type { Trial } from "../trial";

export const zoneLost: Drill = {
  name: "zone-lost",
  breaks: "Every host of the zone that holds the public address and the database's primary is gone at once.",
  failure: "zone-lost",
  measures: requestKinds,
  failedGets: "any",
  failedPosts: "any",
  core: true,
  jobsRunAgain: true,
  run: async (trial) => {
    const edge = addressHost(trial);
    const { zone } = edge.host;
    await movePrimaryTo(trial, zone);
    const old = await primary(trial);
    const hosts = trial.lab.hosts().filter(({ host }) => host.zone === zone);
    await trial.breaks(`${zone} with ${hosts.map(({ host }) => host.name).join(", ")}: lost`, () => Promise.all(hosts.map((host) => host.lose())));
    watchPromotion(trial, old);
    watchAddress(trial, edge);
    await trial.served(requestKinds, 10);
    await trial.returns(...hosts);
  },
};

/** The worst case: everything that moves is in the zone that is lost. */
async function movePrimaryTo(trial: Trial, zone: string): Promise<void> {
  const now = await primary(trial);
  const candidate = trial.lab.hostsOf("database").find(({ host }) => host.zone === zone);
  if (candidate === undefined || now.host.zone === zone) return;
  await trial.becomes(`${candidate.host.name} is the primary`, async () => {
    if ((await primary(trial)).host.name === candidate.host.name) return true;
    // Only the synchronous standby can be a candidate; the other one may become it meanwhile.
    await switchover(trial.lab, now, candidate);
    return false;
  });
  await trial.settle();
}
