import type { Blueprint, Host, HostRole, SecretRef } from "../blueprint/types";
import { secretContents, type SecretContent } from "../blueprint/secrets";
import type { StackExports } from "./contract";

/** What only the engine knows. */
export interface Deployed {
  publicAddresses: string[];
  instanceIds: Record<string, string>;
  secretArns: Record<string, string>;
}

/** The stack's exports: the blueprint, with the ids and ARNs that the cloud gave. Throws when one is missing. */
export function makeExports(blueprint: Blueprint, deployed: Deployed): StackExports {
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
  const { proxy, redis, database, etcd, objects } = blueprint;
  const contents = secretContents(blueprint);
  return {
    contractVersion: 1,
    endpoint: { url: `https://${blueprint.domain}`, domain: blueprint.domain, publicAddresses: deployed.publicAddresses },
    hosts: blueprint.hosts.map(({ name, role, zone, address, processes }) => ({
      name,
      role,
      zone,
      address,
      instanceId: at(deployed.instanceIds, name, "the instance id"),
      processes,
    })),
    processes: blueprint.processes.map(({ role, secretEnvironment, secretFiles, ...process }) => ({
      ...process,
      hosts: blueprint.hosts.filter((host) => host.role === role && host.processes.includes(process.name)).map((host) => host.name),
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
      database: {
        databases: database.databases.map(({ name }) => name),
        members: members(blueprint, "database", { postgres: database.port, rest: database.restPort }),
      },
      redis: {
        masters: Object.fromEntries(redis.instances.map((instance) => [instance.name, instance.masterName])),
        members: members(blueprint, "redis", {
          ...Object.fromEntries(redis.instances.map((instance) => [instance.name, instance.port])),
          ...Object.fromEntries(redis.instances.map((instance) => [`sentinel-${instance.name}`, instance.sentinelPort])),
        }),
      },
      etcd: { members: members(blueprint, "redis", { client: etcd.clientPort, peer: etcd.peerPort }) },
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
      level: blueprint.level,
      hosting: blueprint.hosting,
      region: blueprint.region,
      zones: blueprint.network.zones.map((zone) => zone.name),
      patroni: blueprint.database.patroni,
      witness: blueprint.database.witness,
      sentinel: blueprint.redis.sentinel,
      minReplicasMaxLagSeconds: blueprint.redis.minReplicasMaxLagSeconds,
      edge: { kind: blueprint.edge.kind, vrrp: blueprint.edge.vrrp, http: blueprint.edge.http },
      proxy: blueprint.proxy,
      singleton: blueprint.singleton,
    },
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
