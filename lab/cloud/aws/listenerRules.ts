import { between, number, text } from "../model";
import { integerAt, mustText, objectsAt, type Properties } from "../properties";
import type { Resource } from "../record";
import { hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { actionFaults, actions, checkActions, siteOf } from "./listenerActions";
import { awsModel } from "./model";
import { checkConditions, conditionFaults, conditions } from "./ruleConditions";
import * as types from "./types";

/** Most rules of an application load balancer, its listeners' default actions not counted (ALB user guide, quotas). */
const RULES_PER_BALANCER = 100;

/** An exception from what a listener does by default, for requests that meet its conditions. */
export const listenerRule = awsModel(
  {
    type: types.LISTENER_RULE,
    noun: "ELBv2 Listener Rule",
    api: "Elastic Load Balancing v2",
    calls: { create: "CreateRule", update: "ModifyRule", delete: "DeleteRule" },
    scope: "region",
    inputs: {
      listenerArn: text({
        required: true,
        replaces: true,
        refers: {
          to: [{ type: types.LISTENER, by: "arn" }],
          code: "ListenerNotFound",
          message: (arn) => `One or more listeners not found: '${arn}'`,
          whenTargetGoes: "goesToo",
        },
      }),
      priority: number({ computed: true, rule: between(1, 50_000) }),
      actions: actions(),
      conditions: conditions(),
    },
    outputs: ["arn"],
    rule: (inputs) => [...actionFaults(inputs, "actions"), ...conditionFaults(inputs)],
    create: ({ inputs, cloud }) => {
      const listener = cloud.must(types.LISTENER, mustText(inputs, "listenerArn"));
      const { balancer } = siteOf(cloud, listener);
      if (balancer.properties["loadBalancerType"] === "network")
        throw new Refusal("ValidationError", "Rules are not supported by listeners of network load balancers");
      const siblings = cloud
        .all(types.LISTENER_RULE)
        .filter((rule) => siteOf(cloud, cloud.must(types.LISTENER, mustText(rule.properties, "listenerArn"))).balancer === balancer);
      if (siblings.length >= RULES_PER_BALANCER)
        throw new Refusal("TooManyRules", `The maximum number of rules (${String(RULES_PER_BALANCER)}) of load balancer '${balancer.id}' has been reached`);
      const priority = integerAt(inputs, "priority") ?? nextPriority(rulesOf(cloud, listener.id));
      checkRule({ ...inputs, priority }, cloud, listener);
      const arn = `${listener.id.replace(":listener/", ":listener-rule/")}/${hex(16)}`;
      return { id: arn, outputs: { arn, priority } };
    },
    update: ({ inputs, cloud, resource }) => {
      const listener = cloud.must(types.LISTENER, mustText(resource.properties, "listenerArn"));
      checkRule({ priority: integerAt(resource.properties, "priority") ?? 0, ...inputs }, cloud, listener, resource.id);
      return { outputs: {} };
    },
  },
  "tagged",
);

function checkRule(inputs: Properties, cloud: Cloud, listener: Resource, ownId?: string): void {
  const priority = integerAt(inputs, "priority");
  if (rulesOf(cloud, listener.id).some((rule) => rule.id !== ownId && rule.properties["priority"] === priority))
    throw new Refusal("PriorityInUse", `Priority '${String(priority)}' is currently in use`);
  checkConditions(inputs);
  checkActions(objectsAt(inputs, "actions"), siteOf(cloud, listener));
}

function rulesOf(cloud: Cloud, listenerArn: string): Resource[] {
  return cloud.all(types.LISTENER_RULE).filter((rule) => rule.properties["listenerArn"] === listenerArn);
}

// As the real provider chooses it.
function nextPriority(rules: Resource[]): number {
  return Math.max(0, ...rules.map((rule) => integerAt(rule.properties, "priority") ?? 0)) + 1;
}
