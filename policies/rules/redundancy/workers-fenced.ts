import { rule, type Violation } from "../../rule";
import { groupsOf } from "../../stack/placement";
import type { Region } from "../../stack/stack";
import { levelOf } from "../../verdict";

export const workersFenced = rule({
  name: "workers-fenced",
  group: "redundancy",
  description: "at level 3 the region that waits has no worker machine, and room for as many as the first one has",
  why: "Workers of two regions post the same bundle twice, which costs real money; a group without room leaves the second region without workers when it takes over.",
  judge: (stack) => {
    if (levelOf(stack) < 3) return [];
    const [primary, standby] = stack.regions;
    if (primary === undefined || standby === undefined) return [{ urn: null, promised: "two regions", found: "fewer", fix: "deploy the program whole" }];
    return judgeStandby(standby, machines(primary));
  },
});

function judgeStandby(standby: Region, needed: number): Violation[] {
  const groups = groupsOf(standby, "worker");
  const running = groups.filter((group) => group.number("minSize") > 0 || (group.knows("desiredCapacity") && group.at("desiredCapacity") !== 0));
  const found: Violation[] = running.map((group) => ({
    urn: group.urn,
    promised: "no worker machine in a region that waits",
    found: `minSize ${String(group.number("minSize"))}${group.knows("desiredCapacity") ? `, desiredCapacity ${String(group.at("desiredCapacity"))}` : ""}`,
    fix: "set both to 0: the switch's plan raises them",
  }));
  const room = groups.reduce((sum, group) => sum + group.number("maxSize"), 0);
  if (room < needed)
    found.push({
      urn: standby.platform.urn,
      promised: `room for ${String(needed)} worker machines, as the first region has`,
      found: String(room),
      fix: "raise workerMaxHosts in the stack's config",
    });
  return found;
}

function machines(region: Region): number {
  return groupsOf(region, "worker").reduce((sum, group) => sum + group.number("minSize"), 0);
}
