import { z } from "zod";

const name = z.string().min(1);
const processNames = ["payment-service", "upload-api", "upload-workers", "payment-workers", "admin-dashboard"] as const;
const secretRef = z.strictObject({
  secretArn: name,
  key: z.string().optional().describe("JSON key in the secret; absent: the whole text"),
  optional: z.boolean().optional().describe("the process runs without it"),
});
const address = z.strictObject({ host: name, zone: name, address: z.ipv4(), ports: z.record(z.string(), z.int()) });
const where = {
  url: z.url(),
  domain: name,
  nameServers: z.array(name).describe("of the zone that the stack made for the domain: what the domain is delegated to"),
};
const endpoints = z.record(z.string(), name).describe("AWS's names of a managed service; empty for own hosts");
const facts = z.record(z.string(), z.unknown());

const endpoint = z
  .union([
    z.strictObject({ ...where, publicAddresses: z.array(z.ipv4()).min(1), canonicalName: z.null() }),
    z.strictObject({ ...where, publicAddresses: z.array(z.ipv4()).max(0), canonicalName: name }),
  ])
  .describe("where clients go; point the domain's record at the addresses, or as an alias at the canonical name of a managed load balancer");
const hosts = z
  .array(z.strictObject({ name, role: name, zone: name, address: z.ipv4(), instanceId: name, processes: z.array(z.enum(processNames)) }))
  .describe("every host with a place and an address of its own");
const groups = z
  .array(
    z.strictObject({
      name,
      role: name,
      zones: z.array(name),
      minimum: z.int(),
      maximum: z.int(),
      autoScalingGroup: name,
      processes: z.array(z.enum(processNames)),
    }),
  )
  .describe("every group of machines that come and go; empty when self-hosted");
const services = z
  .strictObject({
    application: z
      .strictObject({ postgres: name, cache: name, queues: name, objects: name, payment: name })
      .describe("what the application connects to, the same on every host"),
    database: z.strictObject({ databases: z.array(name), members: z.array(address), endpoints }),
    redis: z.strictObject({ masters: z.record(z.string(), name), members: z.array(address), endpoints }),
    etcd: z.strictObject({ members: z.array(address) }),
    objects: z.strictObject({ kind: z.enum(["s3", "minio"]), buckets: z.array(name), members: z.array(address) }),
  })
  .describe("endpoints for operators, reachable inside the VPC");
const secrets = z
  .record(z.string(), z.strictObject({ arn: name, filledBy: z.enum(["stack", "certificates", "operator"]), content: name }))
  .describe("containers in Secrets Manager; those of the operator are empty at first");

/** Everything that a stack exports, at every level and hosting. Values of secrets are never in it. */
export const exportsSchema = z.strictObject({
  contractVersion: z.literal(2).describe("changes when a consumer has to change"),
  endpoint,
  hosts,
  groups,
  processes: z
    .array(
      z.strictObject({
        name: z.enum(processNames),
        directory: name.describe("inside the release"),
        entry: name.describe("relative to the directory"),
        hosts: z.array(name).describe("names of hosts, or of groups of which every machine runs it"),
        placement: z.enum(["everyHost", "firstHost", "singleton"]),
        instances: z.int().min(1).describe("per host"),
        port: z.int().nullable(),
        metricsPort: z.int().nullable(),
        stopSeconds: z.int(),
        environment: z.record(z.string(), z.string()),
        secretEnvironment: z.record(z.string(), secretRef),
        secretFiles: z.array(z.strictObject({ path: name, from: secretRef })),
      }),
    )
    .describe("the application's processes: how each is started and all that it reads"),
  services,
  secrets,
  facts: facts.describe("plain facts that the promise is computed from"),
  standby: z
    .strictObject({ region: name, endpoint, hosts, groups, services, secrets, facts })
    .nullable()
    .describe("the second region, which takes over when the first is lost; null below level 3"),
});

/** The exported object. */
export type StackExports = z.infer<typeof exportsSchema>;

/** The contract as JSON Schema, draft 2020-12. */
export function exportsJsonSchema(): unknown {
  return { title: "Exports of a bundler stack", ...z.toJSONSchema(exportsSchema) };
}
