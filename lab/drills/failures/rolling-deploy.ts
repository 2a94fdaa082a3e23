import { editionFile } from "../../app/release";
import { debianRoot } from "../../debian/root";
import { configuredEdition, deployOtherRelease } from "../../hosts/deploy";
import type { Drill } from "../drill";

/** What a host that makes itself takes of two cores beside its fellows, each of which has ten times its part. */
const hostMakesItself = 0.25;

export const rollingDeploy: Drill = {
  name: "rolling-deploy",
  breaks: "Another release is put into the stack's config; every application host is stopped in good order and replaced by a new one, one after the other.",
  failure: "rolling-deploy",
  measures: ["info", "balance", "topUp"],
  failedGets: "none",
  failedPosts: "none",
  // Where it has no CPU of its own it takes its fellows', and they are what is measured.
  leastIdle: hostMakesItself,
  // On EC2 no operator's pulumi up takes the hosts' CPU.
  prepare: async (lab) => {
    await deployOtherRelease(lab);
  },
  run: async (trial) => {
    const root = await debianRoot("baked");
    const edition = await configuredEdition(trial.lab);
    await trial.breaks(`the stack has its ${edition} release`, () => Promise.resolve());
    for (const host of [...trial.lab.hostsOf("api"), ...trial.lab.hostsOf("worker")]) {
      await host.shutDown();
      trial.mark(`${host.host.name}: stopped`);
      await host.replaceRoot(root);
      await host.startBehind();
      // The whole look at the platform is fifty processes: it is not for a machine that measures seconds.
      await trial.settle();
      trial.mark(`${host.host.name}: replaced`);
      const runs = await host.inside(["cat", `/opt/bundler/release/${editionFile}`]);
      if (runs.stdout.trim() !== edition) trial.broken.push(`${host.host.name} runs the release "${runs.stdout.trim()}", deployed was ${edition}`);
    }
  },
};
