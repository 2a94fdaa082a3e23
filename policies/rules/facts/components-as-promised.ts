import type { Blueprint } from "../../../blueprint/types";
import { differences, type Fact } from "../../comparison";
import { rule } from "../../rule";
import type { Item } from "../../stack/item";

/** What of the blueprint a component is made from, by the beginning of its type. */
const parts: readonly (readonly [type: string, part: (blueprint: Blueprint, component: Item) => object | undefined])[] = [
  ["ha:platform:Platform", (blueprint) => blueprint],
  ["ha:host:Host", ({ hosts }, component) => hosts.find(({ name }) => name === component.at("host"))],
  ["ha:host:MachineGroup", ({ groups }, component) => groups.find(({ name }) => name === component.at("group"))],
  ["ha:app:", (blueprint) => blueprint],
  ["ha:database:", (blueprint, component) => databasesOf(blueprint).find(({ kind }) => kind === component.at("kind"))],
  ["ha:redis:", ({ redis }) => redis],
  ["ha:objects:Minio", ({ objects }) => objects.minio ?? undefined],
  ["ha:edge:Alb", ({ edge }) => edge],
  ["ha:edge:KeepalivedEdge", ({ edge }) => edge],
  ["ha:edge:NlbEdge", ({ edge }) => edge],
];
/** Facts that components say in words of their own; and the platform's level, which promise-is-known holds. */
const reshaped = new Set(["certificate", "groups", "hosts", "level", "members", "processes", "volumes"]);

export const componentsAsPromised = rule({
  name: "components-as-promised",
  group: "facts",
  description: "what a component says of itself is what the blueprint says of it",
  why: "Rules and people read the timings of daemons, which no resource of AWS's has, from what components say: one that says better ones passes unseen.",
  judge: (stack) =>
    stack.regions.flatMap((region) =>
      [region.platform, ...region.items].flatMap((component) => {
        const found = parts.find(([type]) => component.type.startsWith(type));
        if (found === undefined) return [];
        const part = found[1](region.blueprint, component);
        if (part === undefined)
          return [{ urn: component.urn, promised: "no component beyond the blueprint", found: component.name, fix: "remove it, or let the program make it" }];
        return differences(component, component.name, sharedFacts(part, component));
      }),
    ),
});

function databasesOf(blueprint: Blueprint): { kind: string }[] {
  return blueprint.hosting === "managed" && blueprint.former !== null ? [blueprint.database, blueprint.former.database] : [blueprint.database];
}

/** Facts of the component's that its part of the blueprint has under the same name. */
function sharedFacts(part: object, component: Item): Fact[] {
  return Object.entries(part)
    .filter(([name]) => !reshaped.has(name) && component.has(name))
    .map(([name, value]) => [name, value, component.at(name)]);
}
