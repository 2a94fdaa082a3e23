import type { Mutation } from "../mutation";

export const redundancyMutations: readonly Mutation[] = [];
