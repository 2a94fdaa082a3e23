import type { Check } from "./check";
import { connectionChecks } from "./connections";
import { edgeChecks } from "./edge";
import { environmentChecks } from "./environment";
import { hostingMoveChecks } from "./hostingMove";
import { instanceChecks } from "./instances";
import { levelChecks } from "./level";
import { managedChecks } from "./managed";
import { networkChecks } from "./network";
import { objectChecks } from "./objects";
import { quorumChecks } from "./quorum";
import { standbyChecks } from "./standby";
import { timingChecks } from "./timings";
import { zoneChecks } from "./zones";

/** Every check, causes before consequences: a check is not asked about keys that an earlier one found at fault. */
export const checks: readonly Check[] = [
  ...levelChecks,
  ...zoneChecks,
  ...networkChecks,
  ...quorumChecks,
  ...timingChecks,
  ...objectChecks,
  ...edgeChecks,
  ...instanceChecks,
  ...managedChecks,
  ...hostingMoveChecks,
  ...standbyChecks,
  ...connectionChecks,
  ...environmentChecks,
];
