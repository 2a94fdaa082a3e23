import { keys, nullableKeys, requiredKeys, type DerivedKey, type Key, type Settings } from "./keys";
import type { KeySpec } from "./kinds";
import { levels } from "./levels";
import { namespace } from "./settings";

const derived: Record<DerivedKey, string> = {
  zones: "a, b and c of the region",
  publicCidrs: "parts 1–4 of 16 of vpcCidr",
  privateCidrs: "parts 5–8 of 16 of vpcCidr",
  dataCidrs: "parts 9–12 of 16 of vpcCidr",
  standbyZones: "a, b and c of the second region",
  apiMaxHosts: "apiHosts; above level 1 twice as many",
  workerMaxHosts: "workerHosts; above level 1 twice as many",
};

/** The table of config keys in `docs/configuration.md`: a line each, in Markdown. */
export function configurationTable(): string[] {
  return [
    "| key | default at level 1 | at level 2, where it differs | at level 3, where it differs again | needed | for |",
    "| --- | --- | --- | --- | --- | --- |",
    ...(Object.keys(keys) as Key[]).map((key) => {
      const spec: KeySpec = keys[key];
      const [first, second, third] = ([1, 2, 3] as const).map((level) => defaultOf(key, level));
      return `| \`${key}\` | ${first ?? ""} | ${second === first ? "" : (second ?? "")} | ${third === second ? "" : (third ?? "")} | ${spec.needed} | ${spec.about} |`;
    }),
  ];
}

/** The whole document. */
export function configurationDocument(): string {
  return [
    "# Configuration",
    "",
    `Keys of \`Pulumi.<stack>.yaml\`, each below \`${namespace}:\`. They are flat and few: what can be derived has no key.`,
    "",
    "Every fault is reported at once, before anything is created, one line each: the key, what was given, what is needed, how to fix it. An unknown key is a fault.",
    "",
    "No secret belongs here: neither a key that is one, nor a value that looks like one. Operators put secrets in Secrets Manager (`docs/operations.md`).",
    "",
    ...configurationTable(),
    "",
    "Beyond each key's own form:",
    "",
    "- `patroniLoopWaitSeconds + 2 × patroniRetryTimeoutSeconds ≤ patroniTtlSeconds`, and `patroniTtlSeconds` is at least 20, Patroni's own floor.",
    "- Subnets lie in `vpcCidr`, do not overlap, are one a zone, and have room for the hosts' fixed addresses.",
    "- `objectStore: minio` needs `minioUrl` and `minioSha256`, at most 16 drives, parity of at most half of them, and a layout that reads and writes on when a zone is lost.",
    "- `databaseMaxConnections`: pools of at least 8 for each database and application host, and 20 reserved, within 80 % of it.",
    "- Instance types are x86-64; those of database and Redis hosts have at least 8 GiB of memory. Burst types (t2, t3, t3a) are for level 1 only.",
    "- `hosting: managed` needs `certificateArn` (of the stack's region), `databaseCaUrl`, `databaseCaSha256` and `objectStore: s3`; burst classes and node types are for level 1 only; Aurora and Multi-AZ clusters offer classes of their own.",
    "- Level 3 needs `standbyRegion` (another than `region`), a network beside the first one's, and with `hosting: managed` `standbyCertificateArn` and Aurora; with `hosting: selfHosted` `traffic: route53`, `certificate: secret`, room for the second region's hosts in `standbyVpcCidr`, and with `objectStore: minio` a layout that reads and writes on when one of `standbyZones` is lost.",
    "- `hostingMove` is for level 1 and 2, without `databaseMove`; until it is over, the keys of both hostings are needed, and `objectStore: minio` says where own hosts keep objects.",
    "- A group's most hosts (`apiMaxHosts`, `workerMaxHosts`) are not fewer than its least.",
    "- `appEnvironment` names no secret and no variable that the program sets. What it adds must leave user data within 16,384 bytes, compressed.",
    "- The stack's name has at most 12 lower-case letters, digits and dashes, and begins with a letter.",
    "",
    "A changed default or key: `npx tsx tests/config/writeDocumentation.ts` writes this file; a test holds it against the schema.",
    "",
  ].join("\n");
}

function defaultOf(key: Key, level: 1 | 2 | 3): string {
  if ((requiredKeys as readonly Key[]).includes(key)) return "**required**";
  if ((nullableKeys as readonly Key[]).includes(key)) return "none";
  if (key in derived) return derived[key as DerivedKey];
  if (key === "level") return "1";
  const value = (levels[level] as Partial<Settings>)[key];
  return `\`${Array.isArray(value) || typeof value === "object" ? JSON.stringify(value) : String(value)}\``;
}
