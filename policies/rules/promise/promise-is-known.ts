import { rule, type Violation } from "../../rule";
import { levelOf } from "../../verdict";

export const promiseIsKnown = rule({
  name: "promise-is-known",
  group: "promise",
  description: "the stack says which level it promises, with one region below level 3 and two at it",
  why: "A stack without a platform, or with a level that nobody knows, would pass every other rule by having nothing to judge.",
  judge: (stack) => {
    const level = levelOf(stack);
    const sites = stack.regions.map(({ blueprint }) => blueprint.site);
    const needed = level === 3 ? ["primary", "standby"] : ["primary"];
    const found: Violation[] = [];
    if (sites.join() !== needed.join())
      found.push({
        urn: null,
        promised: `level ${String(level)} is made of ${needed.join(" and ")}`,
        found: sites.join(" and "),
        fix: "deploy the program whole: it makes the regions of its level",
      });
    for (const { platform, blueprint } of stack.regions) {
      if (platform.number("level") !== blueprint.level)
        found.push({
          urn: platform.urn,
          promised: `level ${String(platform.at("level"))}`,
          found: `its blueprint is of level ${String(blueprint.level)}`,
          fix: "publish both from the same blueprint",
        });
      const own = stack.items.filter((item) => item.data.region === blueprint.region && stack.isBelow(item, platform));
      if (own.length === 0)
        found.push({
          urn: platform.urn,
          promised: `a platform in ${blueprint.region}`,
          found: "no resource below it in that region",
          fix: "deploy the platform with that region's provider",
        });
    }
    return found;
  },
});
