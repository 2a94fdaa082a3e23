import type { Drill } from "../drill";

export const objectsHostLost: Drill = {
  name: "objects-host-lost",
  breaks: "One of MinIO's hosts is gone at once, with its drives.",
  failure: "objects-host-lost",
  measures: ["upload"],
  failedGets: "none",
  // Uploads of the first seconds wait for the lost drives, some for the whole minute of MinIO's own patience (internal/grid, defaultSingleRequestTimeout).
  failedPosts: "any",
  objects: "minio",
  run: async (trial) => {
    const hosts = trial.lab.hostsOf("objects").slice(-1);
    await trial.breaks(`${hosts.map(({ host }) => host.name).join(", ")}: lost`, () => Promise.all(hosts.map((host) => host.lose())));
    await trial.served(["upload"], 8);
    await trial.returns(...hosts);
  },
};
