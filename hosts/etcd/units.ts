import type { Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { confined, unitFile } from "../systemd";
import { etcdConfigPath, etcdTemplatePath, joinPath } from "./paths";

/** etcd's unit. It replaces Debian's whole, which reads settings from the environment; and it does not wait for a quorum, so that the host's other units start. */
export function etcdService(host: Host): string {
  return unitFile({
    Unit: {
      Description: "etcd: decides who is the PostgreSQL primary and who runs the singleton",
      Requires: "bundler-secrets.service",
      Wants: "network-online.target",
      After: "bundler-secrets.service network-online.target",
      RequiresMountsFor: dataMount(host),
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      User: "etcd",
      Group: "etcd",
      RuntimeDirectory: "bundler-etcd",
      RuntimeDirectoryMode: "0700",
      ExecStartPre: `+/usr/bin/python3 ${joinPath} ${etcdTemplatePath} ${etcdConfigPath}`,
      ExecStart: `/usr/bin/etcd --config-file ${etcdConfigPath}`,
      TimeoutStartSec: "60s",
      Restart: "always",
      RestartSec: "1s",
      LimitNOFILE: "65536",
      OOMScoreAdjust: "-900",
      // It shares the host with Redis, and a late heartbeat costs an election.
      CPUWeight: "1000",
      IOWeight: "1000",
      ReadWritePaths: dataMount(host),
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}
