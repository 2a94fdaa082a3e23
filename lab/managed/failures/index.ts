import type { ManagedDrill } from "../drill";
import { cachePrimaryLost, databaseWriterLost, queuesPrimaryLost } from "./lost";
import { databaseMoved, queuesMoved } from "./moved";
import { scaleIn } from "./scaleIn";

/** Every drill of managed services, in the order in which they run. */
export const managedDrills: readonly ManagedDrill[] = [databaseWriterLost, databaseMoved, queuesPrimaryLost, queuesMoved, cachePrimaryLost, scaleIn];
