import type { Mutation } from "../mutation";

export const securityMutations: readonly Mutation[] = [];
