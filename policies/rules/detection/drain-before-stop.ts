import { autoScalingName, drainHook } from "../../../blueprint/managed/autoScaling";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

export const drainBeforeStop = rule({
  name: "drain-before-stop",
  group: "detection",
  description: "a machine that Auto Scaling takes is held until its processes have ended their work, for as long as the longest of them may take",
  why: "A worker that is cut off in a job leaves it to be found and done again; an API host cuts uploads that clients have sent halfway.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const groups = new Map(region.ofType("aws:autoscaling/group:Group").map((item) => [item.text("name"), item]));
      return region.blueprint.groups.flatMap((group) => {
        const item = groups.get(autoScalingName(region.blueprint, group));
        // A group that is not there is what groups-as-promised says.
        return item === undefined ? [] : judgeHook(item, group.drainSeconds);
      });
    }),
});

function judgeHook(group: Item, drainSeconds: number): Violation[] {
  const hooks = group.has("initialLifecycleHooks")
    ? [...group.list("initialLifecycleHooks").keys()].map((index) => `initialLifecycleHooks.${String(index)}`)
    : [];
  const hook = hooks.find(
    (path) => group.text(`${path}.name`) === drainHook && group.text(`${path}.lifecycleTransition`) === "autoscaling:EC2_INSTANCE_TERMINATING",
  );
  const promised = `a hook ${drainHook} that holds a leaving machine for ${String(drainSeconds)} s or more`;
  if (hook === undefined) return [{ urn: group.urn, promised, found: "no such hook", fix: "let the program make the group with its hook" }];
  const heldSeconds = group.number(`${hook}.heartbeatTimeout`);
  return heldSeconds >= drainSeconds
    ? []
    : [{ urn: group.urn, promised, found: `${String(heldSeconds)} s`, fix: `set heartbeatTimeout to ${String(drainSeconds)} or more` }];
}
