import type { Mutation } from "../mutation";

export const detectionMutations: readonly Mutation[] = [];
