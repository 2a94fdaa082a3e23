import type { Mutation } from "../mutation";
import { dataMutations } from "./data";
import { detectionMutations } from "./detection";
import { factsMutations } from "./facts";
import { ownRegionMutations } from "./own-regions";
import { promiseMutations } from "./promise";
import { redundancyMutations } from "./redundancy";
import { securityMutations } from "./security";

/** Every spoiled field, by the group of the rule that must name it. */
export const mutations: readonly Mutation[] = [
  ...promiseMutations,
  ...factsMutations,
  ...redundancyMutations,
  ...ownRegionMutations,
  ...dataMutations,
  ...detectionMutations,
  ...securityMutations,
];
