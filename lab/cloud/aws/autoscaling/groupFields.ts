import { between, flag, list, matching, number, object, oneOf, set, text, type Failure, type Fields, type Reference } from "../../model";
import { integerAt, isProperties, objectAt, textAt, UNKNOWN, type Json, type Properties } from "../../properties";
import { tagsFault } from "../model";
import * as refer from "../references";
import { instanceRefresh } from "./instanceRefresh";
import { hookFields } from "./lifecycleHooks";

/** Metrics of a group that can be enabled (EC2 Auto Scaling API, EnableMetricsCollection). */
const METRICS = [
  ...["MinSize", "MaxSize", "DesiredCapacity", "InServiceInstances", "InServiceCapacity", "PendingInstances", "PendingCapacity"].map((name) => `Group${name}`),
  ...["StandbyInstances", "StandbyCapacity", "TerminatingInstances", "TerminatingCapacity", "TotalInstances", "TotalCapacity"].map((name) => `Group${name}`),
  ...["DesiredCapacity", "WarmedCapacity", "PendingCapacity", "TerminatingCapacity", "TotalCapacity"].map((name) => `WarmPool${name}`),
  ...["DesiredCapacity", "TotalCapacity"].map((name) => `GroupAndWarmPool${name}`),
];

/** Which host goes first (EC2 Auto Scaling API, UpdateAutoScalingGroup). Policies of one's own, Lambda functions, are not modelled. */
const TERMINATION_POLICIES = [
  ...["Default", "AllocationStrategy", "ClosestToNextInstanceHour"],
  ...["OldestInstance", "NewestInstance", "OldestLaunchConfiguration", "OldestLaunchTemplate"],
];

const size = between(0, 10_000);
const seconds = between(0, 2 ** 31 - 1);

/** What AWS says of a reference in a group: always a ValidationError. */
const invalid = (reference: Reference, before = ""): Reference => ({
  ...reference,
  code: "ValidationError",
  message: (value) => before + reference.message(value),
});

/** What stands before EC2's own words when they are about a group's template. */
export const TEMPLATE_FAULT = "You must use a valid fully-formed launch template. ";

/** Inputs of a group. */
export const groupFields: Fields = {
  name: text({ replaces: true, rule: matching(/^[\x21-\x39\x3b-\x7e]{1,255}$/, "expected 1 to 255 printable characters without spaces and colons") }),
  launchTemplate: object(
    {
      id: text({ computed: true, refers: invalid(refer.launchTemplate("id"), TEMPLATE_FAULT) }),
      name: text({ computed: true, refers: invalid(refer.launchTemplate("name"), TEMPLATE_FAULT) }),
      version: text({ computed: true, rule: matching(/^(\d+|\$Latest|\$Default)$/, "expected a number, $Latest or $Default") }),
    },
    { required: true },
  ),
  minSize: number({ required: true, rule: size }),
  maxSize: number({ required: true, rule: size }),
  desiredCapacity: number({ computed: true, rule: size }),
  vpcZoneIdentifiers: set(text({ refers: invalid(refer.subnet()) }), { computed: true }),
  targetGroupArns: set(
    text({
      refers: {
        ...refer.targetGroup("nothing"),
        code: "ValidationError",
        message: (arn) => `Provided Target Groups may not be valid. Please ensure they exist and try again: ${arn}`,
      },
    }),
    { computed: true },
  ),
  healthCheckType: text({ computed: true, rule: oneOf("EC2", "ELB") }),
  healthCheckGracePeriod: number({ default: 300, rule: seconds }),
  defaultCooldown: number({ computed: true, rule: seconds }),
  defaultInstanceWarmup: number({ rule: seconds }),
  terminationPolicies: list(text({ rule: oneOf(...TERMINATION_POLICIES) })),
  protectFromScaleIn: flag({ default: false }),
  enabledMetrics: set(text({ rule: oneOf(...METRICS) })),
  metricsGranularity: text({ default: "1Minute", rule: oneOf("1Minute") }),
  instanceRefresh: instanceRefresh(),
  instanceMaintenancePolicy: object({
    minHealthyPercentage: number({ required: true, rule: between(-1, 100) }),
    maxHealthyPercentage: number({ required: true, rule: (value) => (value === -1 ? undefined : between(100, 200)(value)) }),
  }),
  initialLifecycleHooks: set(
    object({ ...hookFields(), name: text({ required: true, rule: matching(/^[A-Za-z0-9\-_/]{1,255}$/, "expected 1 to 255 letters, digits and -_/") }) }),
  ),
  // a group's own kind of tags: the provider's default tags do not reach it
  tags: set(object({ key: text({ required: true }), value: text({ required: true }), propagateAtLaunch: flag({ required: true }) }), { rule: groupTagsFault }),
  // one day to one year, or none (EC2 Auto Scaling user guide, maximum instance lifetime)
  maxInstanceLifetime: number({ rule: (value) => (value === 0 ? undefined : between(86_400, 31_536_000)(value)) }),
  capacityRebalance: flag(),
  availabilityZoneDistribution: object(
    { capacityDistributionStrategy: text({ computed: true, rule: oneOf("balanced-only", "balanced-best-effort") }) },
    { computed: true },
  ),
  forceDelete: flag({ default: false }),
  forceDeleteWarmPool: flag({ default: false }),
  waitForCapacityTimeout: text({ default: "10m", rule: matching(/^(0|(\d+(\.\d+)?(ms|s|m|h))+)$/, "expected a duration such as 10m, or 0") }),
};

/** Faults of a group that need more than one property. */
export function groupFaults(inputs: Properties): Failure[] {
  const template = objectAt(inputs, "launchTemplate");
  const named = ["id", "name"].filter((key) => template?.[key] !== undefined);
  const faults: Failure[] = [];
  if (template !== undefined && named.length !== 1) faults.push({ property: "launchTemplate", reason: "exactly one of id, name must be given" });
  const policy = objectAt(inputs, "instanceMaintenancePolicy");
  const least = integerAt(policy, "minHealthyPercentage");
  const most = integerAt(policy, "maxHealthyPercentage");
  if (least !== undefined && most !== undefined && ((least === -1) !== (most === -1) || most - least > 100))
    faults.push({ property: "instanceMaintenancePolicy", reason: "the percentages must both be -1, or not more than 100 apart" });
  return faults;
}

function groupTagsFault(tags: Json[]): string | undefined {
  const keys = tags.filter(isProperties).map((tag) => textAt(tag, "key") ?? "");
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined && twice !== UNKNOWN) return `the tag ${twice} is given twice`;
  return tagsFault(Object.fromEntries(tags.filter(isProperties).map((tag) => [textAt(tag, "key") ?? "", textAt(tag, "value") ?? ""])));
}
