import type { Mutation } from "../mutation";
import { machines } from "./detection/machines";
import { records } from "./detection/records";
import { regions } from "./detection/regions";

/** What notices a failure, and what is done about it by itself. */
export const detectionMutations: readonly Mutation[] = [...machines, ...regions, ...records];
