import type { Mutation } from "../mutation";

export const promiseMutations: readonly Mutation[] = [
  {
    what: "the platform says another level than its blueprint",
    stack: "level1-selfHosted",
    type: "ha:platform:Platform",
    name: "bundler-level1",
    change: { property: "level", value: 2 },
    caughtBy: "promise-is-known",
  },
];
