import { between, list, matching, number, object, oneOf, set, text, type Fields, type Reference, type Shape } from "../model";
import { objectsAt, textAt, textsAt, type Properties } from "../properties";
import { roleByArn } from "./references";
import { ZONE } from "./types";

/** What a step needs beside its type: the property that holds its configuration (ARC Region switch API, Step). */
const CONFIGURATION: Record<string, string> = {
  ManualApproval: "executionApprovalConfigs",
  AuroraGlobalDatabase: "globalAuroraConfigs",
  EC2AutoScaling: "ec2AsgCapacityIncreaseConfigs",
  Route53HealthCheck: "route53HealthCheckConfigs",
  CustomActionLambda: "customActionLambdaConfigs",
  Parallel: "parallelConfigs",
};

const arnOf = (service: string): Shape => text({ required: true, rule: matching(new RegExp(`^arn:aws[a-z-]*:${service}:`), `expected an ARN of ${service}`) });
const foreign = (): Fields => ({ crossAccountRole: text({ rule: matching(/^arn:aws[a-z-]*:iam::/, "expected an ARN of a role") }), externalId: text() });
const timeoutMinutes = (): Shape => number({ computed: true, rule: between(1, 2 ** 31 - 1) });

const zone: Reference = {
  to: [{ type: ZONE, by: "id" }],
  code: "ValidationException",
  message: (id) => `The hosted zone ${id} does not exist`,
  whenTargetGoes: "nothing",
};

// The SDK makes a list of every configuration, though a step has one at most.
const one = (fields: Fields): Shape => list(object(fields));

const own: Fields = {
  name: text({ required: true, rule: matching(/^.+$/, "expected a name") }),
  description: text(),
  executionApprovalConfigs: one({ approvalRole: text({ required: true, refers: roleByArn("ValidationException") }), timeoutMinutes: timeoutMinutes() }),
  globalAuroraConfigs: one({
    ...foreign(),
    behavior: text({ required: true, rule: oneOf("switchoverOnly", "failover") }),
    globalClusterIdentifier: text({ required: true }),
    databaseClusterArns: list(arnOf("rds"), { required: true }),
    timeoutMinutes: timeoutMinutes(),
    ungracefuls: one({ ungraceful: text({ required: true, rule: oneOf("failover") }) }),
  }),
  ec2AsgCapacityIncreaseConfigs: one({
    asgs: list(object({ ...foreign(), arn: arnOf("autoscaling") })),
    capacityMonitoringApproach: text({ required: true, rule: oneOf("sampledMaxInLast24Hours", "autoscalingMaxInLast24Hours") }),
    targetPercent: number({ computed: true, rule: between(1, 2 ** 31 - 1) }),
    timeoutMinutes: timeoutMinutes(),
    ungraceful: object({ minimumSuccessPercentage: number({ required: true, rule: between(0, 99) }) }),
  }),
  route53HealthCheckConfigs: one({
    ...foreign(),
    hostedZoneId: text({ required: true, refers: zone }),
    recordName: text({ required: true }),
    recordSets: set(object({ recordSetIdentifier: text({ required: true }), region: text({ required: true }) })),
    timeoutMinutes: timeoutMinutes(),
  }),
  customActionLambdaConfigs: one({
    lambdas: list(object({ ...foreign(), arn: arnOf("lambda") })),
    regionToRun: text({ required: true, rule: oneOf("activatingRegion", "deactivatingRegion") }),
    retryIntervalMinutes: number({ required: true, rule: (minutes) => (minutes > 0 ? undefined : "expected more than 0 minutes") }),
    timeoutMinutes: timeoutMinutes(),
    ungracefuls: one({ behavior: text({ required: true, rule: oneOf("skip") }) }),
  }),
};

const blockType = (...types: string[]): Shape => text({ required: true, rule: oneOf(...types) });

/** A step of a workflow; a parallel one holds others, but no further parallel one. */
export const step = (): Shape => {
  const inner = object({ ...own, executionBlockType: blockType(...Object.keys(CONFIGURATION).filter((type) => type !== "Parallel")) });
  return object({ ...own, executionBlockType: blockType(...Object.keys(CONFIGURATION)), parallelConfigs: one({ steps: list(inner) }) });
};

/** What is wrong with some steps, and with those inside them: the fault in words, or undefined. */
export function stepsFault(steps: Properties[], regions: string[]): string | undefined {
  const names = steps.map((each) => textAt(each, "name") ?? "");
  if (new Set(names).size !== names.length) return `step names must be unique: ${names.join(", ")}`;
  return steps.map((each) => stepFault(each, regions)).find((fault) => fault !== undefined);
}

function stepFault(given: Properties, regions: string[]): string | undefined {
  const named = `step ${textAt(given, "name") ?? ""} of type ${textAt(given, "executionBlockType") ?? ""}`;
  const wanted = CONFIGURATION[textAt(given, "executionBlockType") ?? ""] ?? "";
  const present = Object.values(CONFIGURATION).filter((key) => given[key] !== undefined);
  const [configuration, ...more] = objectsAt(given, wanted);
  if (configuration === undefined || more.length > 0 || present.length !== 1)
    return `${named} needs exactly one ${wanted} and no other configuration, got ${present.join(", ") === "" ? "none" : present.join(", ")}`;
  if (wanted === "parallelConfigs") {
    const inner = objectsAt(configuration, "steps");
    return inner.length === 0 ? `${named} has no steps` : stepsFault(inner, regions);
  }
  return targetsFault(wanted, configuration, regions, named);
}

// What a block works on is given for each region of the plan: by its ARN, or by a record set.
function targetsFault(kind: string, configuration: Properties, regions: string[], named: string): string | undefined {
  const arnsIn = (key: string): string[] => objectsAt(configuration, key).map((target) => textAt(target, "arn") ?? "");
  const arns = {
    globalAuroraConfigs: textsAt(configuration, "databaseClusterArns"),
    ec2AsgCapacityIncreaseConfigs: arnsIn("asgs"),
    customActionLambdaConfigs: arnsIn("lambdas"),
  }[kind]?.map((arn) => arn.split(":")[3] ?? "");
  const records = objectsAt(configuration, "recordSets").map((recordSet) => textAt(recordSet, "region") ?? "");
  const places = arns ?? (records.length > 0 ? records : undefined);
  if (places === undefined) return undefined;
  return regions.every((region) => places.filter((place) => place === region).length === 1) && places.length === regions.length
    ? undefined
    : `${named} needs one target in each of ${regions.join(", ")}, got ${places.length === 0 ? "none" : places.join(", ")}`;
}
