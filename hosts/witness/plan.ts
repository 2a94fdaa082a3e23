import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { programText } from "../program";
import { confined, unitFile } from "../systemd";
import type { HostPlan } from "../types";
import { witnessJson } from "./witness.json";

const programPath = "/usr/local/lib/bundler/witness.py";
const settingsPath = "/etc/bundler/witness.json";
const program = programText(__dirname, "witness.py");

/** The witness's unit. It runs as etcd's user: it needs the same certificate, and nothing else. */
function witnessService(): string {
  return unitFile({
    Unit: {
      Description: "Witness: ends the lease of a PostgreSQL primary that is out of reach",
      Requires: "bundler-secrets.service",
      Wants: "network-online.target",
      After: "bundler-secrets.service network-online.target etcd.service",
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      User: "etcd",
      Group: "etcd",
      RuntimeDirectory: "bundler-witness",
      RuntimeDirectoryMode: "0755",
      ExecStart: `/usr/bin/python3 ${programPath} ${settingsPath}`,
      Restart: "always",
      RestartSec: "1s",
      OOMScoreAdjust: "-900",
      CPUWeight: "1000",
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** The witness's part of an etcd host. */
export function witnessPlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  return {
    packages: ["python3"],
    files: [
      { path: programPath, content: program, mode: "0644", owner: "root:root" },
      { path: settingsPath, content: witnessJson(blueprint, host), mode: "0644", owner: "root:root" },
      { path: "/etc/systemd/system/bundler-witness.service", content: witnessService(), mode: "0644", owner: "root:root" },
    ],
    secrets: [],
    units: ["bundler-witness.service"],
    maskedUnits: [],
  };
}
