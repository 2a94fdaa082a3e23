import type { Settings } from "../../config/settings";
import { namePrefix, sharedPrefix } from "../names";

/** Private hosted zone of the stack. User data is written before AWS has named a service, so hosts know services by names in it. */
export function internalZone(settings: Settings): string {
  return `${namePrefix(settings)}.internal`;
}

/** A service's name in it. */
export function internalName(settings: Settings, service: "postgres" | "postgres-reader" | "cache" | "queues" | "payment"): string {
  return `${service}.${internalZone(settings)}`;
}

/** Name of the database over both regions, the same in each. */
export function globalName(settings: Settings): string {
  return sharedPrefix(settings);
}
