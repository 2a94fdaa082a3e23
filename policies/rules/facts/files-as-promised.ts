import { load } from "js-yaml";
import { z } from "zod";
import { autoScalingName } from "../../../blueprint/managed/autoScaling";
import { planHost } from "../../../hosts";
import { cloudConfig } from "../../../hosts/cloudConfig";
import { firstDifference } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";
import { userDataText } from "../../stack/userData";

const cloudConfigSchema = z.looseObject({
  write_files: z.array(z.strictObject({ path: z.string(), content: z.string(), owner: z.string(), permissions: z.string() })),
});
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
      // What is not there is what hosts-as-promised and groups-as-promised say.
      return [
        ...blueprint.hosts.flatMap((host) => {
          const instance = instances.find((one) => one.text("privateIp") === host.address);
          return instance === undefined ? [] : judgeMachine(stack, host.name, instance, cloudConfig(host.name, planHost(blueprint, host)));
        }),
        ...blueprint.groups.flatMap((group) => {
          const item = groups.find((one) => one.text("name") === autoScalingName(blueprint, group));
          return item === undefined ? [] : judgeMachine(stack, group.name, item, cloudConfig(null, planHost(blueprint, group)));
        }),
      ];
    }),
});

function judgeMachine(stack: Stack, name: string, item: Item, promised: object): Violation[] {
  const [template] = stack.referred(item, "launchTemplate", templateType);
  if (template === undefined)
    return [
      { urn: item.urn, promised: `${name} boots from a launch template of the stack's`, found: "none", fix: "let the program make it with its template" },
    ];
  const difference = firstDifference(contents(promised), unpacked(template.text("userData")));
  return [...versionFault(name, item, template), ...(difference === null ? [] : [otherFiles(template, name, difference)])];
}

/** An instance names its template's version as `$Latest`, a group by number; both are unknown while the template is about to change. */
function versionFault(name: string, item: Item, template: Item): Violation[] {
  if (!item.knows("launchTemplate.version") || !template.knows("latestVersion")) return [];
  const version = item.text("launchTemplate.version");
  if (version === "$Latest" || version === String(template.at("latestVersion"))) return [];
  const promised = `${name} boots the latest version of its template`;
  return [{ urn: item.urn, promised, found: `version ${version}`, fix: "let the program name the version" }];
}

function otherFiles(template: Item, name: string, { path: [file, ...inFile], promised, found }: NonNullable<ReturnType<typeof firstDifference>>): Violation {
  return {
    urn: template.urn,
    promised: `${name} boots with ${file === undefined ? "its files" : `${file}: ${[...inFile, promised].join(" ")}`}`,
    found,
    fix: "change it in the stack's config, and deploy blueprint and files together",
  };
}

/** What user data says; a text where it is none that the program renders. */
function unpacked(userData: string): unknown {
  try {
    return contents(load(userDataText(userData)));
  } catch {
    return "user data that cannot be read";
  }
}

/**
 * A cloud-config as plain data, its files by path, and those of settings as what they say: the engine keeps a blueprint's keys in
 * another order than the program, and so they come in another order into files.
 */
function contents(cloudConfigData: unknown): Record<string, unknown> {
  const { write_files: files, ...rest } = cloudConfigSchema.parse(cloudConfigData);
  return {
    ...Object.fromEntries(
      files.flatMap(({ path, content, owner, permissions }) => [
        [path, meaning(path, content)],
        [`owner of ${path}`, `${owner} ${permissions}`],
      ]),
    ),
    ...rest,
  };
}

function meaning(path: string, content: string): unknown {
  if (path.endsWith(".json")) return JSON.parse(content);
  if (path.endsWith(".yml")) return load(content);
  const lines = content.split("\n");
  return path.endsWith(".env") ? lines.sort() : Object.fromEntries(lines.map((line, index) => [`line ${String(index + 1)}`, line]));
}
