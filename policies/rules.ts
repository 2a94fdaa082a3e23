import type { Rule } from "./rule";
import { backupsKept } from "./rules/data/backups-kept";
import { dataResourcesProtected } from "./rules/data/data-resources-protected";
import { hostsAsPromised } from "./rules/facts/hosts-as-promised";
import { availabilityKept } from "./rules/promise/availability-kept";
import { drillsProveIt } from "./rules/promise/drills-prove-it";
import { objectivesKept } from "./rules/promise/objectives-kept";
import { promiseIsKnown } from "./rules/promise/promise-is-known";

/** Every rule of the pack; a test holds that each file of `rules/` is here. */
export const rules: readonly Rule[] = [promiseIsKnown, objectivesKept, availabilityKept, drillsProveIt, hostsAsPromised, dataResourcesProtected, backupsKept];
