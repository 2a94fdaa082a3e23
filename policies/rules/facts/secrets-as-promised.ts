import { secretContents } from "../../../blueprint/secrets";
import { differences, paired } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const secretsAsPromised = rule({
  name: "secrets-as-promised",
  group: "facts",
  description:
    "every secret of the blueprint is there under its name, filled unless the operator fills it, copied to the second region, and can be had back for the blueprint's days",
  why: "A host waits for each secret that its files name; in a second region without its copy nothing starts when the first is lost.",
  judge: (stack) => stack.regions.flatMap((region) => (region.blueprint.site === "primary" ? judgeRegion(stack, region) : [])),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const { secrets } = region.blueprint;
  const contents = [...secretContents(region.blueprint)];
  const { pairs, violations } = paired(
    region,
    "secret",
    contents,
    ([name]) => `${secrets.prefix}/${name}`,
    region.ofType("aws:secretsmanager/secret:Secret"),
    (item) => item.text("name"),
  );
  const filled = new Set(region.ofType("aws:secretsmanager/secretVersion:SecretVersion").flatMap((version) => version.references("secretId")));
  return [
    ...violations,
    ...pairs.flatMap(({ promised: [name, { filledBy }], item }) =>
      differences(item, name, [
        // The operator's values are never in the stack.
        ["a value made by the stack", filledBy !== "operator", filled.has(item.urn)],
        ["days in which it can be had back", secrets.recoveryWindowDays, item.number("recoveryWindowInDays")],
        ["copies in", secrets.replicaRegion === null ? [] : [secrets.replicaRegion], copies(item)],
      ]),
    ),
  ];
}

/** A secret that is copied nowhere may lack the list. */
function copies(item: Item): string[] {
  return item.has("replicas") ? [...item.list("replicas").keys()].map((index) => item.text(`replicas.${String(index)}.region`)) : [];
}
