import type { Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { tlsPaths } from "../tlsCopies";

export const etcdTemplatePath = "/etc/bundler/etcd.conf.json";
export const etcdConfigPath = "/run/bundler-etcd/etcd.conf.json";
export const joinPath = "/usr/local/lib/bundler/etcd_join.py";
export const tlsDirectory = "/run/bundler/tls-etcd";
export const tls = tlsPaths(tlsDirectory);

/** The member's data, on the host's data volume. */
export function etcdDataDirectory(host: Host): string {
  return `${dataMount(host)}/etcd`;
}
