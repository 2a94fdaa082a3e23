import type { RuleRecord } from "./check";

/** The page of the security-group rules: what missed each one. */
export function rulesPage(records: readonly RuleRecord[]): string {
  return [
    "# Every security-group rule is needed, and they are enough",
    "",
    "Written by `make rules`: do not edit. With every rule nobody was troubled, and the platform bore hosts that read their secrets anew, a planned switchover, a volume nearly full, an etcd without a quorum and a Redis host replaced by a new one. Then each rule was taken away alone, with the connections that it permitted, until somebody missed it.",
    "",
    "| without | noticed by | what | after, s |",
    "|---|---|---|---|",
    ...records.map(
      ({ rule, seenBy, fault, seconds }) =>
        `| ${rule} | ${seenBy ?? "**nobody**"} | ${(fault ?? "").replaceAll("|", "\\|").replaceAll("\n", " ")} | ${seconds.toFixed(1)} |`,
    ),
    "",
  ].join("\n");
}
