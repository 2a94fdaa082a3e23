import { release } from "node:os";
import type { Blueprint } from "../../blueprint/types";
import type { HostLab } from "../hosts/lab";

const packages = ["etcd-server", "haproxy", "keepalived", "patroni", "pgbouncer", "postgresql-17", "redis-server"];

/** Versions of what runs on the hosts, for the records. */
export async function versionsOf(lab: HostLab<Blueprint>): Promise<Record<string, string>> {
  const [host] = lab.hosts();
  if (host === undefined) throw new Error("the platform has no host");
  const { stdout } = await host.inside(["dpkg-query", "--show", "--showformat=${Package} ${Version}\\n", ...packages]);
  const versions = stdout.split("\n").flatMap((line) => {
    const [name, version] = line.split(" ");
    return name === undefined || version === undefined ? [] : [[name, version] as const];
  });
  return { ...Object.fromEntries(versions), linux: release(), node: process.versions.node };
}
