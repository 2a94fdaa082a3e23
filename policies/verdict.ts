import { z } from "zod";
import type { Given, Level, Rule, Violation } from "./rule";
import { Unreadable } from "./stack/item";
import type { Stack } from "./stack/stack";

/** A rule's part of the policy config: stricter numbers, and exceptions with a reason and an end. */
export interface RuleConfig {
  /** How strict the config wanted the rule to be, where that is less than it is (enforcement.ts). */
  enforcement?: string;
  limits?: Record<string, number>;
  exceptions?: Exception[];
}

/** What is let through, why, and until which day (UTC, `YYYY-MM-DD`, that day included). */
export interface Exception {
  urn: string;
  reason: string;
  until: string;
}

const exceptionSchema = z.strictObject({ urn: z.string().min(1), reason: z.string().trim().min(10), until: z.iso.date() });
/** An exception that would outlive what anybody remembers of it is none. */
const longestExceptionDays = 90;

/** All that a rule has against a stack. What cannot be judged is a violation, and so is a config that cannot be kept. */
export function verdict(rule: Rule, stack: Stack, config: RuleConfig, given: Given): Violation[] {
  return judged(rule, () => {
    const limits = limitsOf(rule, levelOf(stack), config.limits ?? {});
    const { valid, faults } = exceptionsOf(config.exceptions ?? [], given.today);
    const found = rule.judge(stack, limits.values, given);
    return [...strictnessFaults(rule, config), ...limits.faults, ...faults, ...found.filter(({ urn }) => !valid.some((exception) => exception.urn === urn))];
  });
}

function judged(rule: Rule, judge: () => Violation[]): Violation[] {
  try {
    return judge();
  } catch (fault) {
    if (fault instanceof Unreadable)
      return [{ urn: fault.urn, promised: rule.description, found: `${fault.path} is ${fault.found}`, fix: `give it ${fault.needed} before the update` }];
    const said = fault instanceof Error ? fault.message : String(fault);
    return [
      { urn: null, promised: rule.description, found: `cannot be judged: ${said}`, fix: "publish the facts that the rule reads, as the blueprint has them" },
    ];
  }
}

/** The level that the stack says it has; the same for each of its regions. */
export function levelOf(stack: Stack): Level {
  const levels = new Set(stack.regions.map(({ blueprint }) => blueprint.level));
  const [level] = levels;
  if (levels.size !== 1 || level === undefined || ![1, 2, 3].includes(level))
    throw new Error(`the stack's level is ${levels.size === 0 ? "missing: it has no platform" : [...levels].map(String).join(" and ")}, needed 1, 2 or 3`);
  return level;
}

function strictnessFaults(rule: Rule, { enforcement }: RuleConfig): Violation[] {
  return enforcement === undefined
    ? []
    : [configFault(`${rule.name} is ${rule.enforcement ?? "mandatory"}`, `config says ${enforcement}`, "write an exception with a reason and an end")];
}

function limitsOf(rule: Rule, level: Level, given: Record<string, number>): { values: Record<string, number>; faults: Violation[] } {
  const limits = rule.limits ?? {};
  const faults = Object.entries(given).flatMap(([name, value]) => {
    const limit = limits[name];
    if (limit === undefined) return [configFault(`a limit that ${rule.name} has`, name, `name one of: ${Object.keys(limits).join(", ")}`)];
    const own = limit.of(level);
    const looser = limit.stricter === "higher" ? value < own : value > own;
    return looser
      ? [configFault(`${limit.what}: ${String(own)} at level ${String(level)}`, `config says ${String(value)}`, "write an exception with a reason and an end")]
      : [];
  });
  const values = Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => {
      const own = limit.of(level);
      const value = given[name] ?? own;
      return [name, limit.stricter === "higher" ? Math.max(own, value) : Math.min(own, value)];
    }),
  );
  return { values, faults };
}

function exceptionsOf(given: readonly Exception[], today: Date): { valid: Exception[]; faults: Violation[] } {
  const faults: Violation[] = [];
  const valid = given.filter((exception) => {
    const parsed = exceptionSchema.safeParse(exception);
    if (!parsed.success) {
      faults.push(
        configFault("an exception has a urn, a reason and a day until which it holds", z.prettifyError(parsed.error).replaceAll("\n", "; "), "write all three"),
      );
      return false;
    }
    const days = (Date.parse(`${exception.until}T23:59:59Z`) - today.getTime()) / 86_400_000;
    if (days < 0)
      faults.push(configFault("an exception ends", `the one for ${exception.urn} ended on ${exception.until}`, "mend the resource, or write a new exception"));
    else if (days > longestExceptionDays)
      faults.push(
        configFault(
          `an exception holds for at most ${String(longestExceptionDays)} days`,
          `the one for ${exception.urn} holds until ${exception.until}`,
          "name an earlier day",
        ),
      );
    return days >= 0 && days <= longestExceptionDays;
  });
  return { valid, faults };
}

function configFault(promised: string, found: string, fix: string): Violation {
  return { urn: null, promised, found, fix };
}
