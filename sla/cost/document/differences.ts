import type { Category } from "../charge";

const everywhere: Partial<Record<Category, string>> = {
  objects: "the terabyte, and the requests and old versions that the guide left out",
  internet: "the same terabyte",
  monitoring: "flow logs, the database's log, alarms and access logs",
  nat: "left out by the guide: a gateway a zone, since one would take the others' way out with it",
  disks: "left out by the guide",
  addresses: "left out by the guide: AWS charges for every public IPv4 address since February 2024",
  endpoints: "left out by the guide: hosts reach their secrets, and operators their hosts, without the internet",
  zones: "left out by the guide",
  keys: "left out by the guide",
  names: "left out by the guide: private names that follow a managed service",
};

const nodes = "four nodes: two groups with a replica each; smaller ones than the guide's";
const balancers = "an internal balancer too, by which workers reach payment-service";

/** Why a stack of ours costs something else than the guide's table, by stack and category. */
export const differences: Readonly<Record<string, Readonly<Partial<Record<Category, string>>>>> = {
  "level1-managed": {
    ...everywhere,
    machines: "two workers: one would be a single point of failure",
    database: "db.t4g.large, which costs less than db.t3.large",
    redis: nodes,
    balancers,
    backups: "7 days of the database, and of both Redis",
  },
  "level1-selfHosted": {
    ...everywhere,
    machines: "two API and two worker hosts, three of PostgreSQL rather than two; etcd and Sentinel on three Redis hosts; S3 in MinIO's place",
    objects: "S3 in MinIO's place",
    backups: "not in the stack yet: PostgreSQL's archive comes with a later issue, and old versions of objects stand at the object store",
  },
  "level2-managed": {
    ...everywhere,
    machines: "m7i rather than t3: a machine that has used up its CPU credits is a host that fails slowly",
    database: "Aurora with an instance in each of three zones, db.r7g, rather than one instance with a standby",
    redis: "four nodes, cache.m7g, rather than two",
    balancers,
    backups: "Aurora's cost a quarter of RDS's",
  },
  "level3-managed": {
    ...everywhere,
    machines: "m7i rather than t3, and the second region has three API machines and no workers until it takes over",
    database: "three instances of db.r7g in each region, so that either has one in each zone",
    redis: "two groups of three nodes in each, so that one is left while another is replaced",
    internet: "one terabyte: only one region has clients",
    monitoring: "only one region has much to log",
    objects: "the terabyte in both, and the requests and old versions that the guide left out",
    balancers: "two in each region; those of the region that waits have hardly any traffic",
    backups: "35 days in each region",
    regions: "what is replicated only",
    healthChecks: "one, of the first region",
    switch: "left out by the guide: the plan by which a person moves regions",
  },
};
