import { setTimeout as sleep } from "node:timers/promises";
import { attended } from "../drills/attended";
import { isSteady } from "../drills/trial";
import { untilWhole, type Say } from "../hosts/boot";
import type { HostLab } from "../hosts/lab";
import { withoutRule, withRule } from "../hosts/network/firewall";
import type { LabPlatform, LabRule } from "../hosts/platform";
import type { Load } from "../load/load";
import { requestKinds } from "../load/plan";
import { provocations } from "./provocations";
import { sights } from "./sights";

/** Longer than anything that renews itself takes to miss a renewal: leases of 20 s, and the looks after them. */
const watchMilliseconds = 35_000;
/** A look is fifty programs and more, on the CPU that the hosts have. */
const lookMilliseconds = 2000;
const wholeMilliseconds = 400_000;

/** What taking one rule away has shown. */
export interface RuleRecord {
  rule: string;
  why: string;
  date: string;
  /** From the rule's end to the fault; of a provocation, from its beginning. */
  seconds: number;
  /** What noticed; absent: nothing did, and the rule is not needed. */
  seenBy?: string;
  fault?: string;
}

interface Seen {
  seenBy: string;
  fault: string;
  seconds: number;
}

/** A rule in words: `api > database tcp 5432`. */
export function ruleName(platform: LabPlatform, rule: LabRule): string {
  const owner = ownerOf(platform, rule.group);
  const peer = "cidr" in rule.peer ? "anywhere" : ownerOf(platform, rule.peer.group);
  const what = rule.protocol === "112" ? "vrrp" : rule.protocol === "-1" ? "everything" : `${rule.protocol} ${String(rule.ports?.from ?? "all")}`;
  return rule.direction === "in" ? `${peer} > ${owner} ${what}` : `${owner} > ${peer} ${what}`;
}

function ownerOf(platform: LabPlatform, group: string): string {
  return platform.hosts.find(({ groups }) => groups.includes(group))?.role ?? "endpoints";
}

/** With every rule: nobody is troubled, and every provocation is borne. Throws with what is not. */
export async function checkSufficient(lab: HostLab, say: Say): Promise<void> {
  await fromWhole(lab, "all", say, async (load) => {
    const fault = await seenTwice(lab, load, say, { without: () => Promise.resolve(), back: () => Promise.resolve() });
    if (fault !== undefined) throw new Error(`with every rule there, ${fault.seenBy} finds: ${fault.fault}`);
  });
  for (const provocation of provocations) {
    say(`with every rule: ${provocation.name}`);
    const fault = await provocation.run(lab);
    if (fault !== undefined) throw new Error(`with every rule there, ${provocation.name}: ${fault}`);
    await untilWhole(lab, say, wholeMilliseconds);
  }
}

/** Takes a rule away, looks for somebody who needs it, and gives it back. The platform is whole before and after. */
export async function checkNeeded(lab: HostLab, rule: LabRule, say: Say): Promise<RuleRecord> {
  return fromWhole(lab, rule.id, say, async (load) => {
    const record = { rule: ruleName(lab.platform, rule), why: rule.why, date: new Date().toISOString() };
    const without = (): Promise<void> => withoutRule(lab.platform, rule);
    const back = (): Promise<void> => withRule(lab.platform, rule);
    const began = Date.now();
    try {
      const seen = await seenTwice(lab, load, say, { without, back });
      if (seen !== undefined) return { ...record, ...seen };
      for (const { name, run } of provocations) {
        say(`nothing yet; ${name}`);
        const provoked = Date.now();
        const fault = await run(lab);
        if (fault !== undefined) return { ...record, seconds: since(provoked), seenBy: name, fault };
        await untilWhole(lab, say, wholeMilliseconds);
      }
      return { ...record, seconds: since(began) };
    } finally {
      await back();
    }
  });
}

/** Does something while clients are served, from a whole platform to a whole platform. */
async function fromWhole<T>(lab: HostLab, name: string, say: Say, action: (load: Load) => Promise<T>): Promise<T> {
  await untilWhole(lab, say, wholeMilliseconds);
  return attended(lab, `rule-${name}`, steady, ({ load }) => action(load));
}

/** Waits until every kind of request is served. Some may have failed meanwhile: the rule before has only just been given back. */
async function steady(load: Load): Promise<void> {
  const started = Date.now();
  while (!isSteady(load.ended(), requestKinds, started)) {
    if (Date.now() - started > wholeMilliseconds) throw new Error("clients are not served though nothing is missing");
    await sleep(lookMilliseconds);
  }
}

/** Trouble once a rule is away, if any. A busy machine is trouble now and then too: so the same must see it again, after the rule was back. */
async function seenTwice(lab: HostLab, load: Load, say: Say, rule: { without: () => Promise<void>; back: () => Promise<void> }): Promise<Seen | undefined> {
  await rule.without();
  const seen = await watched(lab, load);
  if (seen === undefined) return undefined;
  say(`${seen.seenBy}: ${seen.fault}; once more`);
  await rule.back();
  await untilWhole(lab, say, wholeMilliseconds);
  await steady(load);
  await rule.without();
  const again = await watched(lab, load);
  return again?.seenBy === seen.seenBy ? again : undefined;
}

async function watched(lab: HostLab, load: Load): Promise<Seen | undefined> {
  const began = Date.now();
  while (Date.now() - began < watchMilliseconds) {
    const looks = await Promise.all(sights.map(async ({ name, look }) => ({ seenBy: name, fault: await look(lab, load, began) })));
    const found = looks.find(({ fault }) => fault !== undefined);
    if (found?.fault !== undefined) return { seenBy: found.seenBy, fault: found.fault, seconds: since(began) };
    await sleep(lookMilliseconds);
  }
  return undefined;
}

const since = (at: number): number => Math.round((Date.now() - at) / 100) / 10;
