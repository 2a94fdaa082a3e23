import { z } from "zod";
import { causes } from "../sla/availability";
import { journeys, type JourneyName } from "../sla/journeys";
import { failureClasses, type FailureClass } from "../sla/objectives";

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

const seconds = z.number().min(0);
const kept = z.enum(["yes", "no", "notPromised", "noObjective"]);
const basis = z.enum(["formula", "published", "drill", "assumption"]);
const judged = { objectiveSeconds: seconds.nullable(), boundSeconds: seconds.nullable(), kept, source: name };
const measured = z.strictObject({
  drills: z.array(name),
  trials: z.int(),
  broken: z.int(),
  worstSeconds: seconds,
  lost: z.int(),
  date: name,
  of: z.enum(["whole", "sinceNameMoved", "clientsOnly"]),
});
const recovery = z.strictObject({
  failure: name,
  seconds,
  waits: z.array(z.strictObject({ what: name, seconds, basis })),
  measured: measured.nullable().describe("what drills showed, where the results were at hand; null in a stack's exports"),
});
const loss = z.strictObject({ ...judged, basis: basis.nullable() });
const promise = z
  .strictObject({
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    hosting: z.enum(["selfHosted", "managed"]),
    regions: z.array(name).min(1),
    classes: z
      .array(
        z.strictObject({
          class: z.enum(Object.keys(failureClasses) as [FailureClass, ...FailureClass[]]),
          what: name,
          kept,
          rto: z.strictObject({ ...judged, bases: z.array(basis), recoveries: z.array(recovery) }).describe("until clients are served again"),
          rpo: z.strictObject({ database: loss, queues: loss, objects: loss }).describe("age of what is lost of what was acknowledged"),
        }),
      )
      .describe("each class of failures: its objective, and the bound that was computed from what is deployed"),
    journeys: z
      .array(
        z.strictObject({
          journey: z.enum(Object.keys(journeys) as [JourneyName, ...JourneyName[]]),
          what: name,
          availability: z.number().min(0).max(1),
          awayMinutesPerYear: z.number().min(0),
          away: z.array(z.strictObject({ cause: z.enum(causes), minutesPerYear: z.number().min(0) })),
          agreedAvailability: z.number().min(0).max(1).describe("if everything were away as often as AWS's agreements allow"),
          objective: z.number(),
          kept,
        }),
      )
      .describe("how much of the time each journey is served"),
    headline: z
      .strictObject({
        availability: z.number(),
        rtoSeconds: z.strictObject({ least: seconds, most: seconds }),
        rpoSeconds: seconds,
        differs: name,
      })
      .describe("the guide's figures for the level, and why the objectives are others"),
    cost: z.strictObject({ monthlyUsd: z.number(), maximumMonthlyUsd: z.number(), pricesAsOf: name }).nullable(),
  })
  .describe("what the stack promises, and what each number rests on");

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
  promise,
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
