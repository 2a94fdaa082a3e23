import type { Blueprint, Group, Host } from "../blueprint/types";
import { managedBound } from "./managed";
import { recoveryBound, type Failure } from "./recovery";

const roles: readonly { role: Host["role"]; what: string }[] = [
  { role: "edge", what: "edge: HAProxy, keepalived" },
  { role: "api", what: "API: payment-service, upload-api" },
  { role: "worker", what: "workers: upload-workers, the one payment-workers" },
  { role: "database", what: "PostgreSQL under Patroni" },
  { role: "redis", what: "Redis for cache and for queues, Sentinel, etcd, witnesses" },
  { role: "objects", what: "MinIO" },
];

const failures: readonly { failure: Failure; what: string }[] = [
  { failure: "api-process-lost", what: "a process of the application" },
  { failure: "api-host-lost", what: "an API host" },
  { failure: "worker-host-lost", what: "a worker host, until its jobs are done by another" },
  { failure: "payment-workers-host-lost", what: "the host of payment-workers" },
  { failure: "edge-host-lost", what: "the edge host that has the address" },
  { failure: "database-primary-host-lost", what: "the primary's host" },
  { failure: "redis-master-host-lost", what: "the host of a Redis master" },
  { failure: "zone-lost", what: "a whole zone" },
];

/** `docs/levels.md`: the levels side by side, from their blueprints and nothing else. */
export function levelsDocument(levels: readonly { blueprint: Blueprint; picture: string }[]): string {
  const blueprints = levels.map(({ blueprint }) => blueprint);
  const heads = blueprints.map(({ level, hosting }) => `level ${String(level)}, ${hosting}`);
  const table = (first: string, rows: readonly (readonly [string, ...string[]])[]): string[] => [
    `| ${[first, ...heads].join(" | ")} |`,
    `|${"---|".repeat(heads.length + 1)}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ];
  return [
    "# Levels",
    "",
    "Written from the blueprints of the stack files: do not edit (`npx tsx tests/sla/writeLevels.ts`).",
    "",
    "## Hosts",
    "",
    ...table(
      "role",
      roles
        .filter(({ role }) => blueprints.some((one) => hostsOf(one, role).length > 0))
        .map(({ role, what }) => [what, ...blueprints.map((one) => fleet(one, role))]),
    ),
    "## After a failure, clients are served again within",
    "",
    "Seconds; `sla/recovery.ts` and `sla/managed.ts` have the sum of each, and `docs/drills/` what was measured. On own hosts, AWS's own calls and boots are not in them; a managed database's and Redis's failover is AWS's word, which the lab cannot measure.",
    "",
    ...table(
      "lost",
      failures.map(({ failure, what }) => [what, ...blueprints.map((one) => bound(one, failure))]),
    ),
    "## With one zone lost, this is left",
    "",
    ...table(
      "role",
      roles
        .filter(({ role }) => blueprints.some((one) => hostsOf(one, role).length > 0))
        .map(({ role, what }) => [what, ...blueprints.map((one) => left(one, role))]),
    ),
    "## Pictures",
    "",
    "Arrows of one host stand for all hosts of its role; numbers are ports.",
    "",
    ...levels.flatMap(({ picture }, index) => [`### ${heads[index] ?? ""}`, "", `![hosts, zones and who talks to whom](${picture})`, ""]),
    "## From one level to the next",
    "",
    "`level: 1` to `level: 2` on the same stack, with `hosting: selfHosted`, adds application hosts and changes launch templates in place. Nothing is replaced and no data resource is touched (a test holds that); running hosts take their new size and files when they are replaced, one after the other (`docs/operations.md`). With `hosting: managed` the database is an RDS instance at level 1 and Aurora at level 2, to which data must be moved. `databaseMove` does that in steps (`docs/operations.md`), without which the step is refused. Level 2 to 3, managed, adds the second region and makes Aurora's cluster the primary of a global one in place; nothing is replaced or deleted (a test holds that). Level 2 to 3 on own hosts adds the second region, and changes launch templates, security groups and the internal certificates' lists of addresses in place; nothing with data is replaced or deleted (a test holds that), and the second region's database waits until the first one's hosts have their new files (`docs/operations.md`). A change of hosting on one stack is refused, since data resources are protected.",
    "",
  ].join("\n");
}

function bound(blueprint: Blueprint, failure: Failure): string {
  const found = blueprint.hosting === "managed" ? managedBound(blueprint, failure) : recoveryBound(blueprint, failure);
  return found === null ? "—" : String(found.seconds);
}

function hostsOf({ hosts }: Blueprint, role: Host["role"]): Host[] {
  return hosts.filter((host) => host.role === role);
}

function fleet(blueprint: Blueprint, role: Host["role"]): string {
  const group = groupOf(blueprint, role);
  if (group !== undefined)
    return `${group.minimum === group.maximum ? "" : `${String(group.minimum)} to `}${String(group.maximum)} × ${group.instanceType}, ${String(blueprint.network.zones.length)} zones`;
  const hosts = hostsOf(blueprint, role);
  const [first] = hosts;
  if (first === undefined) return managedService(blueprint, role) ?? (role === "objects" ? "S3" : "none");
  return `${String(hosts.length)} × ${first.instanceType}, ${String(new Set(hosts.map(({ zone }) => zone)).size)} zones`;
}

/** Machines of a role that stay when the zone with the most of them goes. */
function left(blueprint: Blueprint, role: Host["role"]): string {
  const group = groupOf(blueprint, role);
  if (group !== undefined) {
    const lost = Math.ceil(group.minimum / blueprint.network.zones.length);
    return `${String(group.minimum - lost)} of ${String(group.minimum)}, until the group has made new ones`;
  }
  const hosts = hostsOf(blueprint, role);
  if (hosts.length === 0) return managedService(blueprint, role) === null ? "none" : "AWS's own";
  const zones = new Set(hosts.map(({ zone }) => zone));
  return `${String(Math.min(...[...zones].map((zone) => hosts.filter((host) => host.zone !== zone).length)))} of ${String(hosts.length)}`;
}

function groupOf({ groups }: Blueprint, role: Host["role"]): Group | undefined {
  return groups.find((group) => group.role === role);
}

/** What stands in the place of a role's hosts; null where nothing does. */
function managedService(blueprint: Blueprint, role: Host["role"]): string | null {
  if (blueprint.hosting !== "managed") return null;
  const { database, redis, edge, network } = blueprint;
  const zones = `${String(network.zones.length)} zones`;
  switch (role) {
    case "edge":
      return `application load balancer, ${zones}; idle ${String(edge.idleSeconds)} s`;
    case "database":
      return {
        rdsInstance: `RDS ${database.version}, ${database.instanceClass} and a standby in another zone`,
        rdsCluster: `RDS cluster ${database.version}, 3 × ${database.instanceClass}, 3 zones`,
        aurora: `Aurora ${database.version}, ${String(database.members.length)} × ${database.instanceClass}, ${zones}`,
      }[database.kind];
    case "redis":
      return redis.instances
        .map(({ name, nodes, nodeType }) => `${name}: ElastiCache ${redis.engine} ${redis.version}, ${String(nodes)} × ${nodeType}`)
        .join("; ");
    case "objects":
      return "S3";
    case "api":
    case "worker":
      return null;
  }
}
