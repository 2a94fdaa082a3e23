import { join } from "node:path";
import { wholeLab } from "./hosts/wholeLab";
import { checkNeeded, checkSufficient, ruleName, type RuleRecord } from "./rules/check";
import { addRule } from "./rules/results";
import { sayWithSeconds } from "./setup/say";
import { runMain } from "./setup/fault";
import { repository } from "./setup/paths";

/** `make rules`: with every security-group rule the platform wants nothing; without any one of them somebody does. `RULE=a,b`: only those whose name has one of the words; `RULE=none`: with every rule only. */
runMain(async () => {
  const say = sayWithSeconds();
  const wanted = process.env["RULE"] ?? "";
  const lab = await wholeLab(say);
  if (wanted === "" || wanted === "none") {
    say("with every rule: nothing is missing, nobody is troubled");
    await checkSufficient(lab, say);
  }
  const { rules } = lab.platform;
  const names = rules.map((rule) => ruleName(lab.platform, rule));
  const file = join(repository, `docs/drills/rules-${lab.blueprint.objects.kind}.json`);
  const records: RuleRecord[] = [];
  for (const rule of rules.filter((one) => wanted.split(",").some((word) => ruleName(lab.platform, one).includes(word)))) {
    say(`── without ${ruleName(lab.platform, rule)}: ${rule.why}`);
    const record = await checkNeeded(lab, rule, say);
    records.push(record);
    addRule(file, record, names);
    say(record.seenBy === undefined ? "NOT NEEDED: nobody notices" : `after ${record.seconds.toFixed(1)} s ${record.seenBy}: ${record.fault ?? ""}`);
  }
  const unneeded = records.filter(({ seenBy }) => seenBy === undefined);
  process.stdout.write(
    `\n${String(records.length)} of ${String(rules.length)} rules taken away; ${String(unneeded.length)} not needed${unneeded.map(({ rule }) => `\n  ${rule}`).join("")}\n`,
  );
  return unneeded.length === 0 ? 0 : 1;
});
