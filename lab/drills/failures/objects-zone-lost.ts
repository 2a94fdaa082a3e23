import type { Drill } from "../drill";

export const objectsZoneLost: Drill = {
  name: "objects-zone-lost",
  breaks: "Every MinIO host of one zone is gone at once, with their drives.",
  failure: "objects-zone-lost",
  measures: ["upload"],
  failedGets: "none",
  // Uploads of the first seconds wait for the lost drives, some for the whole minute of MinIO's own patience (internal/grid, defaultSingleRequestTimeout).
  failedPosts: "any",
  objects: "minio",
  run: async (trial) => {
    const hosts = trial.lab.hostsOf("objects").filter(({ host }, _, all) => host.zone === all.at(-1)?.host.zone);
    await trial.breaks(`${hosts.map(({ host }) => host.name).join(", ")}: lost`, () => Promise.all(hosts.map((host) => host.lose())));
    await trial.served(["upload"], 8);
    await trial.returns(...hosts);
  },
};
