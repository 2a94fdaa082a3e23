import type { Blueprint, Machine } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { settingsFile } from "../files";
import type { HostFile } from "../types";
import { combinedPath, leasePath, tls } from "./paths";
import { programFiles } from "./programs";

/** Of the lease, the parts that are left when an orderly stop begins, and when what is left is killed. */
const stopShare = 0.5;
const killShare = 0.2;

export const singletonSettings = "/etc/bundler/singleton.json";

/** The agent of `payment-workers`, and how it reaches what keeps its lease: etcd on own hosts, otherwise the payment database. */
export function leaseFiles(blueprint: Blueprint, machine: Machine): HostFile[] {
  const { singleton } = blueprint;
  return [
    ...programFiles(blueprint, "singleton"),
    settingsFile(singletonSettings, {
      ...keeper(blueprint, machine),
      key: singleton.key,
      leaseSeconds: singleton.leaseSeconds,
      renewSeconds: singleton.renewSeconds,
      stopSeconds: singleton.leaseSeconds * stopShare,
      killSeconds: singleton.leaseSeconds * killShare,
      file: leasePath,
      unit: "payment-workers.service",
    }),
  ];
}

function keeper(blueprint: Blueprint, machine: Machine): object {
  if (blueprint.hosting === "managed") {
    const [first] = blueprint.database.databases;
    // A machine of a group has the name that EC2 gave it.
    return { database: { host: "127.0.0.1", port: blueprint.proxy.postgresPort, dbname: first?.name, user: first?.owner } };
  }
  return {
    name: machine.name,
    endpoints: hostsOf(blueprint, "redis").map(({ address }) => ({ address, port: blueprint.etcd.clientPort })),
    ca: tls.ca,
    certificate: combinedPath,
  };
}
