import type { Group, Rule } from "./rule";

const groups: Record<Group, string> = {
  promise: "The promise",
  facts: "A component cannot lie",
  redundancy: "Redundancy",
  data: "Data",
  detection: "Detection",
  security: "Security that availability rests on",
};

/** `docs/policies.md`: every rule, from the rules themselves. */
export function policiesDocument(rules: readonly Rule[]): string {
  return [
    "# Policies",
    "",
    "Written from `policies/rules/`: do not edit (`npx tsx tests/policies/writePolicies.ts`).",
    "",
    "The pack holds a stack to the promise of its level: over what an update would make, and over what is there.",
    "",
    "```sh",
    "make gate STACK=level2                                       # both, on the embedded cloud",
    "pulumi up --policy-pack policies                             # on AWS: nothing is created when a rule is broken in the preview",
    "pulumi policy analyze -s STACK --policy-pack policies        # what is there, without asking the cloud",
    "```",
    "",
    "A rule judges every resource of the stack, also one that was written by hand beside the program. It reads what is known before an update. What it cannot read is a violation, and so are a stack without a platform, a level that there is not, and a fact that is missing. Rules judge at the end of a preview: `pulumi up --skip-preview` would judge only after the update, so do not use it with the pack.",
    "",
    "## Config",
    "",
    "`--policy-pack-config FILE` with JSON. A limit may be made stricter, never looser. What has to be let through needs an exception for its resource, with a reason and a last day at most 90 days away:",
    "",
    "```json",
    JSON.stringify(
      {
        "backups-kept": {
          limits: { databaseDays: 35 },
          exceptions: [{ urn: "urn:pulumi:…", reason: "restored by hand this week, ticket 4711", until: "2027-01-31" }],
        },
      },
      null,
      2,
    ),
    "```",
    "",
    "`policies/levels/level2.json` and `level3.json` make `drills-prove-it` mandatory, which is advisory otherwise. A config cannot turn a rule off, nor have a mandatory one only advise: the rule stays as it is, and its violation says what the config asked for.",
    "",
    ...(Object.keys(groups) as Group[]).flatMap((group) =>
      section(
        groups[group],
        rules.filter((rule) => rule.group === group),
      ),
    ),
  ].join("\n");
}

function section(title: string, rules: readonly Rule[]): string[] {
  return [
    `## ${title}`,
    "",
    "| rule | holds | without it | limits at level 1 / 2 / 3 |",
    "|---|---|---|---|",
    ...rules.map(
      (rule) => `| \`${rule.name}\`${rule.enforcement === undefined ? "" : ` (${rule.enforcement})`} | ${rule.description} | ${rule.why} | ${limits(rule)} |`,
    ),
    "",
  ];
}

function limits(rule: Rule): string {
  return Object.entries(rule.limits ?? {})
    .map(
      ([name, { what, of, stricter }]) =>
        `\`${name}\`, ${what}: ${stricter === "higher" ? "at least" : "at most"} ${([1, 2, 3] as const).map((level) => String(of(level))).join(" / ")}`,
    )
    .join("; ");
}
