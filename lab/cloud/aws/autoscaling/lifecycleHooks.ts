import { between, matching, number, oneOf, text, type Fields } from "../../model";
import { mustText, objectsAt, textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { awsModel } from "../model";
import { principalsOf, statementsOf } from "../policy";
import * as refer from "../references";
import * as types from "../types";

/** Most lifecycle hooks of a group (EC2 Auto Scaling user guide, quotas). */
const HOOKS_PER_GROUP = 50;

/** What a hook says, on its own or within its group. */
export const hookFields = (): Fields => ({
  lifecycleTransition: text({ required: true, rule: oneOf("autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING") }),
  defaultResult: text({ computed: true, rule: oneOf("CONTINUE", "ABANDON") }),
  heartbeatTimeout: number({ computed: true, rule: between(30, 7200) }),
  notificationMetadata: text({ rule: matching(/^[\s\S]{1,1023}$/, "expected 1 to 1023 characters") }),
  notificationTargetArn: text({ rule: matching(/^arn:aws/, "expected an ARN") }),
  roleArn: text({ refers: refer.roleByArn("ValidationError") }),
});

/** What a group waits for before it uses a new host, or lets an old one go. */
export const lifecycleHook = awsModel(
  {
    type: types.LIFECYCLE_HOOK,
    noun: "Auto Scaling Lifecycle Hook",
    api: "Auto Scaling",
    calls: { create: "PutLifecycleHook", update: "PutLifecycleHook", delete: "DeleteLifecycleHook" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      ...hookFields(),
      name: text({ replaces: true, rule: matching(/^[A-Za-z0-9\-_/]{1,255}$/, "expected 1 to 255 letters, digits and -_/") }),
      autoscalingGroupName: text({ required: true, replaces: true, refers: refer.autoscalingGroup() }),
    },
    outputs: [],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      const group = cloud.must(types.AUTOSCALING_GROUP, mustText(inputs, "autoscalingGroupName"));
      const initial = textsAt(group.internal, "hooks");
      if (initial.includes(name))
        throw new Error(`the embedded cloud does not model a hook ${name} beside the group's initial one: in AWS it would write over the first`);
      const others = cloud.all(types.LIFECYCLE_HOOK).filter((hook) => hook.properties["autoscalingGroupName"] === group.id);
      if (initial.length + others.length >= HOOKS_PER_GROUP) tooMany();
      checkHook(inputs, cloud);
      // the real provider's id is the name alone, which is not unique
      return { id: `${group.id}/${name}`, outputs: { defaultResult: "ABANDON", heartbeatTimeout: 3600, ...given(inputs) } };
    },
    update: ({ inputs, cloud }) => {
      checkHook(inputs, cloud);
      return { outputs: {} };
    },
  },
  "untagged",
);

function given(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => ["defaultResult", "heartbeatTimeout"].includes(key)));
}

/** Refuses the hooks that a group is to be made with. */
export function checkInitialHooks(inputs: Properties, cloud: Cloud): void {
  const hooks = objectsAt(inputs, "initialLifecycleHooks");
  if (new Set(hooks.map((hook) => hook["name"])).size !== hooks.length) throw new Refusal("ValidationError", "Lifecycle hook names must be unique in a group");
  if (hooks.length > HOOKS_PER_GROUP) tooMany();
  for (const hook of hooks) checkHook(hook, cloud);
}

// Auto Scaling sends a test message when a hook is put, with the hook's role.
function checkHook(hook: Properties, cloud: Cloud): void {
  const target = textAt(hook, "notificationTargetArn");
  const roleArn = textAt(hook, "roleArn");
  if (target === undefined) return;
  if (!new RegExp(`^arn:aws:(sns|sqs):${cloud.region}:\\d{12}:(?!.*\\.fifo$).+`).test(target))
    throw new Refusal("ValidationError", `Invalid notification target ${target}: expected a topic or a queue of ${cloud.region} that is not FIFO`);
  if (roleArn === undefined) throw new Refusal("ValidationError", "A role must be specified for a notification target");
  const role = cloud.record.all(types.ROLE).find((one) => one.properties["arn"] === roleArn);
  const trusted = statementsOf(textAt(role?.properties, "assumeRolePolicy") ?? "{}").some((one) =>
    principalsOf(one, "Service").includes("autoscaling.amazonaws.com"),
  );
  if (!trusted)
    throw new Refusal(
      "ValidationError",
      `Unable to publish test message to notification target ${target} using IAM role ${roleArn}. Please check your target and role configuration`,
    );
}

function tooMany(): never {
  throw new Refusal("LimitExceeded", `The maximum number of lifecycle hooks of a group (${String(HOOKS_PER_GROUP)}) has been reached`);
}
