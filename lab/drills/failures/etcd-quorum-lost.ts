import type { Drill } from "../drill";

/** Longer than Patroni's lease: without failsafe mode a healthy primary would step down. */
const awaySeconds = 50;

export const etcdQuorumLost: Drill = {
  name: "etcd-quorum-lost",
  breaks: `etcd ends on two of its three members for ${String(awaySeconds)} s, longer than Patroni's lease.`,
  failure: "etcd-quorum-lost",
  measures: ["topUp", "balance"],
  failedGets: "none",
  failedPosts: "none",
  run: async (trial) => {
    const members = trial.lab.hostsOf("redis").slice(0, 2);
    const names = members.map(({ host }) => host.name).join(" and ");
    await trial.breaks(`etcd on ${names}: stopped`, () => Promise.all(members.map((host) => host.inside(["systemctl", "stop", "etcd.service"]))));
    await trial.wait(awaySeconds);
    await Promise.all(members.map((host) => host.inside(["systemctl", "start", "etcd.service"])));
    trial.mark(`etcd on ${names}: started`);
  },
};
