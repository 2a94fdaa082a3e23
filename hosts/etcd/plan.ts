import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { programText } from "../program";
import { tlsCopies } from "../tlsCopies";
import type { HostPlan } from "../types";
import { etcdConf } from "./etcd.conf.json";
import { etcdTemplatePath, joinPath, tlsDirectory } from "./paths";
import { etcdService } from "./units";

const joinStep = programText(__dirname, "etcd_join.py");

/** etcd's part of a Redis host. */
export function etcdPlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  return {
    packages: ["etcd-server", "etcd-client"],
    files: [
      { path: etcdTemplatePath, content: etcdConf(blueprint, host), mode: "0644", owner: "root:root" },
      { path: joinPath, content: joinStep, mode: "0644", owner: "root:root" },
      { path: "/etc/systemd/system/etcd.service", content: etcdService(host), mode: "0644", owner: "root:root" },
    ],
    secrets: tlsCopies(tlsDirectory, "tls-redis", "etcd:etcd"),
    units: ["etcd.service"],
    maskedUnits: [],
  };
}
