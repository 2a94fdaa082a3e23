import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkNeeded, checkSufficient, type RuleRecord, ruleName } from "./rules/check";
import { rulesPage } from "./rules/page";
import { wholeLab } from "./hosts/wholeLab";
import { runMain } from "./setup/fault";
import { repository } from "./setup/paths";

/** `make rules`: with every security-group rule the platform wants nothing; without any one of them somebody does. */
runMain(async () => {
  const began = Date.now();
  const say = (what: string): void => {
    process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}\n`);
  };
  const lab = await wholeLab(say);
  say("with every rule: nothing is missing, nobody is troubled");
  await checkSufficient(lab, say);
  const wanted = process.env["RULE"] ?? "";
  const records: RuleRecord[] = [];
  for (const rule of lab.platform.rules.filter((one) => ruleName(lab.platform, one).includes(wanted))) {
    say(`── without ${ruleName(lab.platform, rule)}: ${rule.why}`);
    const record = await checkNeeded(lab, rule, say);
    records.push(record);
    say(record.seenBy === undefined ? "NOT NEEDED: nobody notices" : `after ${record.seconds.toFixed(1)} s ${record.seenBy}: ${record.fault ?? ""}`);
  }
  const unneeded = records.filter(({ seenBy }) => seenBy === undefined);
  if (wanted === "") {
    const directory = join(repository, "docs/drills");
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `rules-${lab.blueprint.objects.kind}.json`), `${JSON.stringify(records, null, 1)}\n`);
    writeFileSync(join(directory, `rules-${lab.blueprint.objects.kind}.md`), rulesPage(records));
  }
  process.stdout.write(`\n${String(records.length)} rules, ${String(unneeded.length)} not needed${unneeded.map(({ rule }) => `\n  ${rule}`).join("")}\n`);
  return unneeded.length === 0 ? 0 : 1;
});
