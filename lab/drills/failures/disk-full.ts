import { dataMount } from "../../../hosts/dataMount";
import type { Drill } from "../drill";
import { primary, watchPromotion } from "./databases";

export const diskFull: Drill = {
  name: "disk-full",
  breaks: "The data volume of the primary is full, so that PostgreSQL refuses what needs room, and would stay the primary.",
  failure: "disk-full",
  measures: ["topUp", "balance"],
  failedGets: "any",
  failedPosts: "any",
  run: async (trial) => {
    const host = await primary(trial);
    const planned = trial.lab.blueprint.hosts.find((one) => one.name === host.host.name);
    if (planned === undefined) throw new Error(`${host.host.name}: not in the blueprint`);
    const file = `${dataMount(planned)}/filler`;
    const fill = `fallocate -l $(df --output=avail -B1 ${dataMount(planned)} | tail -1) ${file}; dd if=/dev/zero of=${file}.rest bs=64k count=4000 2>/dev/null; true`;
    await trial.breaks(`${host.host.name}: disk full`, () => host.inside(["sh", "-c", fill]));
    watchPromotion(trial, host);
    await trial.served(["topUp", "balance", "upload"], 15);
    await host.inside(["rm", "-f", file, `${file}.rest`]);
    trial.mark(`${host.host.name}: there is room again`);
  },
};
