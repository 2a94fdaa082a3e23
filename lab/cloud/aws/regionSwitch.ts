import { between, list, matching, number, object, oneOf, set, text } from "../model";
import { mustText, objectsAt, textAt, textsAt, type Properties } from "../properties";
import { hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { assumableBy } from "./policy";
import * as refer from "./references";
import { regions as known } from "./regions";
import { step, stepsFault } from "./regionSwitchSteps";
import { HEALTH_CHECK, METRIC_ALARM, REGION_SWITCH_PLAN } from "./types";

/** Regions of a plan and its longest recovery time objective, a week (ARC Region switch API, CreatePlan). */
const LIMIT = { regions: 2, objectiveMinutes: 10_080 };

/**
 * How an application is moved to another region. ARC accepts a plan whose zone, roles or alarms do not exist and says so in the
 * plan's evaluation afterwards; here they are refused. Databases, scaling groups and functions are taken by their ARNs' form.
 */
export const plan = awsModel(
  {
    type: REGION_SWITCH_PLAN,
    noun: "ARC Region Switch Plan",
    api: "ARC Region switch",
    calls: { create: "CreatePlan", update: "UpdatePlan", delete: "DeletePlan" },
    scope: "region",
    naming: { property: "name", longest: 32, clean: (name) => name.replace(/[^A-Za-z0-9-]/g, "-") },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/, "expected 1 to 32 letters, digits and inner hyphens") }),
      description: text(),
      executionRole: text({ required: true, refers: refer.roleByArn("ValidationException") }),
      recoveryApproach: text({ required: true, replaces: true, rule: oneOf("activePassive") }),
      regions: list(text({ rule: oneOf(...known()) }), {
        required: true,
        replaces: true,
        rule: (regions) => (regions.length === LIMIT.regions && new Set(regions).size === LIMIT.regions ? undefined : "expected two different regions"),
      }),
      primaryRegion: text({ replaces: true }),
      recoveryTimeObjectiveMinutes: number({ rule: between(1, LIMIT.objectiveMinutes) }),
      associatedAlarms: set(
        object({
          mapBlockKey: text({ required: true }),
          alarmType: text({ required: true, rule: oneOf("applicationHealth", "trigger") }),
          resourceIdentifier: text({
            required: true,
            refers: {
              to: [
                { type: METRIC_ALARM, by: "arn" },
                { type: HEALTH_CHECK, by: "arn" },
              ],
              code: "ValidationException",
              message: (arn) => `The alarm ${arn} does not exist`,
              anywhere: true,
              whenTargetGoes: "nothing",
            },
          }),
        }),
      ),
      workflows: list(
        object({
          workflowTargetAction: text({ required: true, rule: oneOf("activate", "deactivate") }),
          workflowTargetRegion: text(),
          workflowDescription: text(),
          steps: list(step()),
        }),
        { required: true },
      ),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.anywhere(REGION_SWITCH_PLAN, "name", name) !== undefined) throw invalid(`A plan with the name ${name} already exists in this account`);
      judge(inputs, cloud);
      const arn = cloud.arn("arc-region-switch", `plan/${name}:${hex(6)}`);
      return { id: arn, outputs: { arn } };
    },
    update: ({ inputs, cloud }) => {
      judge(inputs, cloud);
      return { outputs: {} };
    },
  },
  "tagged",
);

const invalid = (message: string): Refusal => new Refusal("ValidationException", message);

function judge(inputs: Properties, cloud: Cloud): void {
  const regions = textsAt(inputs, "regions");
  const primary = textAt(inputs, "primaryRegion");
  if (primary === undefined || !regions.includes(primary))
    throw invalid(`An active/passive plan needs a primary region that is one of ${regions.join(", ")}, got ${primary ?? "none"}`);
  const role = mustText(inputs, "executionRole");
  if (!assumableBy(cloud, role, "arc-region-switch.amazonaws.com"))
    throw invalid(`The execution role ${role} cannot be assumed: its trust policy must name arc-region-switch.amazonaws.com`);
  const alarms = objectsAt(inputs, "associatedAlarms").map((alarm) => alarm["mapBlockKey"]);
  if (new Set(alarms).size !== alarms.length) throw invalid("The names of associated alarms must be unique");
  judgeWorkflows(objectsAt(inputs, "workflows"), regions);
}

function judgeWorkflows(workflows: Properties[], regions: string[]): void {
  if (!workflows.some((workflow) => workflow["workflowTargetAction"] === "activate")) throw invalid("A plan needs a workflow that activates a region");
  const seen = new Set<string>();
  for (const workflow of workflows) {
    const target = textAt(workflow, "workflowTargetRegion");
    if (target !== undefined && !regions.includes(target)) throw invalid(`The workflow's target region ${target} is not one of ${regions.join(", ")}`);
    const meaning = `${mustText(workflow, "workflowTargetAction")} ${target ?? "either region"}`;
    if (seen.has(meaning)) throw invalid(`There are two workflows that ${meaning}`);
    seen.add(meaning);
    const fault = stepsFault(objectsAt(workflow, "steps"), regions);
    if (fault !== undefined) throw invalid(fault);
  }
}
