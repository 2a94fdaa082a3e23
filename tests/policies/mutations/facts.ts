import type { Mutation } from "../mutation";
import { data } from "./facts/data";
import { edge } from "./facts/edge";
import { files } from "./facts/files";
import { machines } from "./facts/machines";
import { network } from "./facts/network";

/** What the blueprint says, and what stands there. */
export const factsMutations: readonly Mutation[] = [...machines, ...files, ...network, ...edge, ...data];
