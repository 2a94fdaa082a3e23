import { matching, oneOf, text } from "../model";
import { mustText, textAt } from "../properties";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import { PARAMETER } from "./types";

/** Characters of a value, by tier (Systems Manager quotas, Parameter Store). */
const LONGEST: Record<string, number> = { Standard: 4096, Advanced: 8192 };
const MOST_LEVELS = 15;

/** A value that programs look up by its name. */
export const parameter = awsModel(
  {
    type: PARAMETER,
    noun: "SSM Parameter",
    api: "SSM",
    calls: { create: "PutParameter", update: "PutParameter", delete: "DeleteParameter" },
    scope: "region",
    naming: { property: "name", longest: 1011 },
    inputs: {
      name: text({ replaces: true, rule: nameFault }),
      type: text({ required: true, rule: oneOf("String", "StringList", "SecureString") }),
      value: text({ required: true, rule: (value) => (value === "" ? "expected at least one character" : undefined) }),
      description: text({ rule: matching(/^[^]{0,1024}$/, "at most 1024 characters") }),
      tier: text({ computed: true, rule: oneOf(...Object.keys(LONGEST)) }),
      keyId: text({ refers: refer.key("InvalidKeyId") }),
    },
    outputs: ["arn", "version"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(PARAMETER, name) !== undefined)
        throw new Refusal("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
      const tier = textAt(inputs, "tier") ?? "Standard";
      judge(mustText(inputs, "value"), tier);
      return { id: name, outputs: { arn: cloud.arn("ssm", `parameter${name.startsWith("/") ? "" : "/"}${name}`), tier, version: 1 } };
    },
    update: ({ inputs, resource }) => {
      judge(mustText(inputs, "value"), textAt(inputs, "tier") ?? mustText(resource.properties, "tier"));
      return { outputs: { version: Number(resource.properties["version"]) + 1 } };
    },
    volatile: () => ["version"],
  },
  "tagged",
);

// Names that begin with aws or ssm are AWS's own (PutParameter, API reference).
function nameFault(name: string): string | undefined {
  if (!/^[A-Za-z0-9_.\-/]+$/.test(name)) return `expected letters, digits and _.-/, got ${name}`;
  if (/^\/?(aws|ssm)/i.test(name)) return `${name} begins with what is AWS's own`;
  return name.split("/").length - 1 > MOST_LEVELS ? `${name} has more than ${String(MOST_LEVELS)} levels` : undefined;
}

function judge(value: string, tier: string): void {
  const longest = LONGEST[tier] ?? 0;
  if (value.length > longest)
    throw new Refusal("ValidationException", `${tier} tier parameters support a maximum parameter value of ${String(longest)} characters.`);
}
