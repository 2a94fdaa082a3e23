import { requestKinds } from "../../load/plan";
import { switchover } from "../../hosts/database";
import { databaseState } from "../../hosts/inspect";
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
  const candidate = trial.lab.hostsOf("database").find(({ host }) => host.zone === zone);
  if (candidate === undefined) return;
  await trial.becomes(`${candidate.host.name} is the primary`, async () => {
    const now = await primary(trial);
    if (now.host.name === candidate.host.name) return true;
    // Only the synchronous standby can take over. Where that is the third host, it goes first, and the candidate is then the only one to follow it.
    const state = await databaseState(trial.lab);
    await switchover(trial.lab, now, state?.synchronous.includes(candidate.host.name) === true ? candidate : undefined);
    await trial.settle();
    return false;
  });
}
