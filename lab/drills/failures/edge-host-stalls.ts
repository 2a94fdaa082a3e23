import { setTimeout as sleep } from "node:timers/promises";
import { ownerOf } from "../../hosts/health";
import { edgeMasters } from "../../hosts/inspect";
import type { Drill } from "../drill";
import type { Trial } from "../trial";
import { addressHost, watchAddress } from "./edges";

/** Long enough for the other one to take the address, and far too short to be called lost. */
const stallSeconds = 3;
/** What the two hosts take to agree again: adverts, and the address agent's second look. */
const agreeSeconds = 5;

export const edgeHostStalls: Drill = {
  name: "edge-host-stalls",
  breaks: `The edge host with the public address stands still for ${String(stallSeconds)} s, and then goes on as if nothing had been, three times.`,
  failure: "edge-host-lost",
  measures: ["info"],
  // Its kernel still takes connections: requests on them wait until the address has moved, and are cut then.
  failedGets: "any",
  failedPosts: "any",
  run: async (trial) => {
    await trial.breaks("the edge host with the address stands still", () => stall(trial));
    await stall(trial);
    await stall(trial);
    await trial.served(["info", "topUp"], 5);
  },
};

/** Two masters in turn within a moment, after which both hosts have to say the same. */
async function stall(trial: Trial): Promise<void> {
  const host = addressHost(trial);
  host.freeze();
  watchAddress(trial, host);
  await sleep(stallSeconds * 1000);
  host.thaw();
  trial.mark(`${host.host.name}: goes on`);
  await sleep(agreeSeconds * 1000);
  const [masters, owner] = [edgeMasters(trial.lab), ownerOf(trial.lab)];
  if (masters.length !== 1 || masters[0] !== owner)
    trial.broken.push(`${String(agreeSeconds)} s after ${host.host.name} went on, masters: ${masters.join(", ")}; the address is ${owner ?? "nobody"}'s`);
}
