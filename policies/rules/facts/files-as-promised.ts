import { gunzipSync } from "fflate";
import { load } from "js-yaml";
import { z } from "zod";
import { autoScalingName } from "../../../blueprint/managed/autoScaling";
import type { Blueprint } from "../../../blueprint/types";
import { cloudConfigText, planHost } from "../../../hosts";
import { firstDifference } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

const cloudConfigSchema = z.looseObject({ write_files: z.array(z.looseObject({ path: z.string(), content: z.string() })) });
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

export const filesAsPromised = rule({
  name: "files-as-promised",
  group: "facts",
  description: "every machine boots the latest version of a template with exactly the files that the blueprint's numbers make",
  why: "Leases, checks and quorums take effect in files; a host that boots others keeps another promise than the stack says.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      const [instances, groups] = [region.ofType("aws:ec2/instance:Instance"), region.ofType("aws:autoscaling/group:Group")];
      return [
        ...blueprint.hosts.map((host) => ({ machine: host, item: instances.find((instance) => instance.text("privateIp") === host.address) })),
        ...blueprint.groups.map((group) => ({ machine: group, item: groups.find((one) => one.text("name") === autoScalingName(blueprint, group)) })),
      ].flatMap(({ machine, item }) => (item === undefined ? [] : judgeMachine(stack, region, machine.name, item, cloudConfigOf(blueprint, machine))));
    }),
});

function cloudConfigOf(blueprint: Blueprint, machine: Parameters<typeof planHost>[1]): string {
  return cloudConfigText(blueprint, machine, planHost(blueprint, machine));
}

function judgeMachine(stack: Stack, region: Region, name: string, item: Item, promised: string): Violation[] {
  const [template] = stack.referred(item, "launchTemplate", templateType);
  if (template === undefined)
    return [
      { urn: item.urn, promised: `${name} boots from a launch template of the stack's`, found: "none", fix: "let the program make it with its template" },
    ];
  const stale = versionFault(name, item, template);
  const found = unpacked(template.text("userData"));
  if (found === null) return [...stale, otherFiles(template, name, "its files as compressed user data", "user data that is not", "let the program render it")];
  if (found === promised) return stale;
  const difference = firstDifference(contents(promised), contentsOrNothing(found));
  if (difference === null) return stale;
  return [
    ...stale,
    otherFiles(
      template,
      name,
      `${difference.path} ${difference.promised}`,
      difference.found,
      `change the number in the config of ${region.blueprint.stack}, and deploy blueprint and files together`,
    ),
  ];
}

/** An instance names its template's version as `$Latest`, a group by number; both are unknown while the template is about to change. */
function versionFault(name: string, item: Item, template: Item): Violation[] {
  if (!item.knows("launchTemplate.version") || !template.knows("latestVersion")) return [];
  const version = item.text("launchTemplate.version");
  if (version === "$Latest" || version === String(template.at("latestVersion"))) return [];
  const promised = `${name} boots the latest version of its template`;
  return [{ urn: item.urn, promised, found: `version ${version}`, fix: "let the program name the version" }];
}

function otherFiles(template: Item, name: string, promised: string, found: string, fix: string): Violation {
  return { urn: template.urn, promised: `${name} boots with ${promised}`, found, fix };
}

function unpacked(userData: string): string | null {
  try {
    return new TextDecoder().decode(gunzipSync(Buffer.from(userData, "base64")));
  } catch {
    return null;
  }
}

/** A cloud-config as plain data, its files by path, and those of settings as what they say: the engine keeps a blueprint's keys in another order than the program. */
function contents(text: string): Record<string, unknown> {
  const { write_files: files, ...rest } = cloudConfigSchema.parse(load(text));
  return { ...Object.fromEntries(files.map((file) => [file.path, { ...file, content: meaning(file.path, file.content) }])), ...rest };
}

function contentsOrNothing(text: string): Record<string, unknown> | null {
  try {
    return contents(text);
  } catch {
    return null;
  }
}

function meaning(path: string, content: string): unknown {
  if (path.endsWith(".json")) return JSON.parse(content);
  if (path.endsWith(".yml")) return load(content);
  if (path.endsWith(".env")) return content.split("\n").sort();
  return content.split("\n");
}
