import type { Evidence } from "../sla/evidence";
import type { Stack } from "./stack/stack";

/** What broke a rule, said so that somebody can mend it. */
export interface Violation {
  /** The resource that is at fault; the stack itself when null. */
  urn: string | null;
  promised: string;
  found: string;
  fix: string;
}

/** A number that a policy's config may make stricter, and only an exception may loosen. */
export interface Limit {
  what: string;
  stricter: "higher" | "lower";
  /** What holds for a level when the config says nothing. */
  of: (level: Level) => number;
}

export type Level = 1 | 2 | 3;
export type Group = "promise" | "facts" | "redundancy" | "data" | "detection" | "security";

/** What a rule may know beside the stack. */
export interface Given {
  /** What the recorded drills showed. */
  evidence: readonly Evidence[];
  today: Date;
}

/** One rule: a pure judgement over the whole stack. Its file has its name. */
export interface Rule<LimitName extends string = string> {
  name: string;
  group: Group;
  /** Mandatory when absent. A policy config may make an advisory rule mandatory (`policies/levels/`). */
  enforcement?: "advisory";
  /** One sentence that says what holds. */
  description: string;
  /** Why an operator should care: what fails at night without it. */
  why: string;
  limits?: Record<LimitName, Limit>;
  judge: (stack: Stack, limits: Readonly<Record<LimitName, number>>, given: Given) => Violation[];
}

/** Keeps the names of a rule's limits together with their use. */
export function rule<LimitName extends string = never>(made: Rule<LimitName>): Rule<LimitName> {
  return made;
}

/** A violation as one line for a person. */
export function sentence({ promised, found, fix }: Violation): string {
  return `promised: ${promised}; found: ${found}; fix: ${fix}`;
}
