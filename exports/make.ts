import { autoScalingName } from "../blueprint/managed/autoScaling";
import type { Plan } from "../blueprint";
import type { Blueprint, Host, HostRole, ManagedBlueprint, SecretRef, SelfHostedBlueprint } from "../blueprint/types";
import { secretContents, type SecretContent } from "../blueprint/secrets";
import { promiseOf } from "../sla/promise";
import type { PromisedCost } from "../sla/promised";
import type { StackExports } from "./contract";

/** What only the engine knows of a region. */
export interface Deployed {
  publicAddresses: string[];
  canonicalName: string | null;
  nameServers: string[];
  endpoints: Record<"redis" | "database", Record<string, string>>;
  instanceIds: Record<string, string>;
  secretArns: Record<string, string>;
}

/** The stack's exports: the plan, with the ids and ARNs that the cloud gave, and what it costs. Throws when an id or ARN is missing. */
export function makeExports(plan: Plan, deployed: { primary: Deployed; standby: Deployed | null }, cost: PromisedCost | null): StackExports {
  const { secrets, ...first } = regionExports(plan.primary, deployed.primary);
  return {
    contractVersion: 2,
    ...first,
    secrets,
    promise: promiseOf(plan, { cost }),
    standby: plan.standby === null || deployed.standby === null ? null : standbyExports(plan.standby, deployed.standby),
  };
}

function standbyExports(blueprint: Blueprint, deployed: Deployed): StackExports["standby"] {
  const { endpoint, hosts, groups, services, secrets, facts } = regionExports(blueprint, deployed);
  return { region: blueprint.region, endpoint, hosts, groups, services, secrets, facts };
}

type RegionExports = Omit<StackExports, "contractVersion" | "promise" | "standby">;

/** What one region has. */
function regionExports(blueprint: Blueprint, deployed: Deployed): RegionExports {
  const at = (map: Record<string, string>, key: string, what: string): string => {
    const value = map[key];
    if (value === undefined) throw new Error(`exports: ${what} of ${key} is missing`);
    return value;
  };
  const reference = ({ secret, key, optional }: SecretRef): StackExports["processes"][number]["secretEnvironment"][string] => ({
    secretArn: at(deployed.secretArns, secret, "the ARN"),
    ...(key === undefined ? {} : { key }),
    ...(optional === undefined ? {} : { optional }),
  });
  const { proxy, objects } = blueprint;
  const contents = secretContents(blueprint);
  return {
    endpoint: {
      url: `https://${blueprint.domain}`,
      domain: blueprint.domain,
      nameServers: deployed.nameServers,
      ...(deployed.canonicalName === null
        ? { publicAddresses: deployed.publicAddresses, canonicalName: null }
        : { publicAddresses: [], canonicalName: deployed.canonicalName }),
    },
    hosts: blueprint.hosts.map(({ name, role, zone, address, processes }) => ({
      name,
      role,
      zone,
      address,
      instanceId: at(deployed.instanceIds, name, "the instance id"),
      processes,
    })),
    groups: blueprint.groups.map((group) => ({
      name: group.name,
      role: group.role,
      zones: blueprint.network.zones.map(({ name }) => name),
      minimum: group.minimum,
      maximum: group.maximum,
      autoScalingGroup: autoScalingName(blueprint, group),
      processes: group.processes,
    })),
    processes: blueprint.processes.map(({ role, secretEnvironment, secretFiles, ...process }) => ({
      ...process,
      hosts: [...blueprint.hosts, ...blueprint.groups].filter((one) => one.role === role && one.processes.includes(process.name)).map((one) => one.name),
      secretEnvironment: Object.fromEntries(Object.entries(secretEnvironment).map(([variable, ref]) => [variable, reference(ref)])),
      secretFiles: secretFiles.map(({ path, from }) => ({ path, from: reference(from) })),
    })),
    services: {
      application: {
        postgres: `127.0.0.1:${String(proxy.postgresPort)}`,
        cache: `127.0.0.1:${String(proxy.cachePort)}`,
        queues: `127.0.0.1:${String(proxy.queuesPort)}`,
        objects: proxy.objectsPort === null ? `s3://${dataBucket(blueprint)}` : `http://127.0.0.1:${String(proxy.objectsPort)}`,
        payment: `127.0.0.1:${String(proxy.paymentPort)}`,
      },
      ...dataServices(blueprint, deployed),
      objects: {
        kind: objects.kind,
        buckets: objects.buckets.map(({ name }) => name),
        members: objects.minio === null ? [] : members(blueprint, "objects", { api: objects.minio.port }),
      },
    },
    secrets: Object.fromEntries(
      [...contents].map(([secret, content]) => [
        secret,
        {
          arn: at(deployed.secretArns, secret, "the ARN"),
          filledBy: content.filledBy,
          content: described(content),
        },
      ]),
    ),
    facts: {
      stack: blueprint.stack,
      site: blueprint.site,
      level: blueprint.level,
      hosting: blueprint.hosting,
      storesBeside: blueprint.beside?.hosting ?? null,
      region: blueprint.region,
      zones: blueprint.network.zones.map((zone) => zone.name),
      ...(blueprint.hosting === "managed" ? managedFacts(blueprint) : ownFacts(blueprint)),
      proxy: blueprint.proxy,
      singleton: blueprint.singleton,
    },
  };
}

function dataServices(blueprint: Blueprint, { endpoints }: Deployed): Pick<StackExports["services"], "database" | "redis" | "etcd"> {
  const databases = blueprint.database.databases.map(({ name }) => name);
  if (blueprint.hosting === "managed")
    return {
      database: { databases, members: [], endpoints: endpoints.database },
      redis: { masters: {}, members: [], endpoints: endpoints.redis },
      etcd: { members: [] },
    };
  const { database, redis, etcd } = blueprint;
  return {
    database: { databases, members: members(blueprint, "database", { postgres: database.port, rest: database.restPort }), endpoints: {} },
    redis: {
      masters: Object.fromEntries(redis.instances.map((instance) => [instance.name, instance.masterName])),
      members: members(blueprint, "redis", {
        ...Object.fromEntries(redis.instances.map((instance) => [instance.name, instance.port])),
        ...Object.fromEntries(redis.instances.map((instance) => [`sentinel-${instance.name}`, instance.sentinelPort])),
      }),
      endpoints: {},
    },
    etcd: { members: members(blueprint, "redis", { client: etcd.clientPort, peer: etcd.peerPort }) },
  };
}

function ownFacts({ database, redis, edge, pair }: SelfHostedBlueprint): Record<string, unknown> {
  return {
    pair: pair === null ? null : { ...pair, other: pair.other.region },
    patroni: database.patroni,
    witness: database.witness,
    sentinel: redis.sentinel,
    minReplicasMaxLagSeconds: redis.minReplicasMaxLagSeconds,
    edge: { kind: edge.kind, vrrp: edge.vrrp, http: edge.http },
  };
}

function managedFacts({ database, redis, edge, groups }: ManagedBlueprint): Record<string, unknown> {
  return {
    database: { kind: database.kind, version: database.version, instanceClass: database.instanceClass, members: database.members, backup: database.backup },
    redis: { version: redis.version, instances: redis.instances, snapshot: redis.snapshot },
    edge: { kind: edge.kind, idleSeconds: edge.idleSeconds, check: edge.check },
    groups: groups.map(({ name, minimum, maximum, scaling, drainSeconds }) => ({ name, minimum, maximum, scaling, drainSeconds })),
  };
}

function dataBucket(blueprint: Blueprint): string {
  const bucket = blueprint.objects.buckets.find(({ purpose }) => purpose === "data");
  if (bucket === undefined) throw new Error("exports: the blueprint has no bucket for data items");
  return bucket.name;
}

function members(
  blueprint: Blueprint,
  role: HostRole,
  ports: Record<string, number>,
): { host: string; zone: string; address: string; ports: Record<string, number> }[] {
  return blueprint.hosts.filter((host: Host) => host.role === role).map(({ name, zone, address }) => ({ host: name, zone, address, ports }));
}

function described(content: SecretContent): string {
  switch (content.filledBy) {
    case "operator":
      return content.needed;
    case "stack":
      return `JSON: ${[...Object.keys(content.fixed ?? {}), ...content.keys].join(", ")}`;
    case "certificates":
      return "JSON: ca, certificate, privateKey";
  }
}
