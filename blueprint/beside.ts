import type { Settings } from "../config/settings";
import type { Blueprint, Flow, Host } from "./types";

/** Roles whose hosts keep data. */
const storeRoles: readonly string[] = ["database", "redis", "objects"];

/**
 * The settings of the hosting in use, and of the other, whose stores stand beside it while data move: from the first step on
 * those of the wanted hosting, and once that is in use, those of the former, until it is let go.
 */
export function hostingsOf(settings: Settings): { used: Settings; beside: Settings | null } {
  const { hosting, hostingMove: step } = settings;
  const wanted = withHosting(settings, hosting);
  if (step === null) return { used: wanted, beside: null };
  const former = withHosting(settings, hosting === "managed" ? "selfHosted" : "managed");
  return step === "copy" ? { used: former, beside: wanted } : { used: wanted, beside: step === "letGo" ? { ...former, deletionProtection: false } : former };
}

/** While data move from MinIO or to it, the stack file says `minio`; managed services' objects are in S3. */
function withHosting(settings: Settings, hosting: Settings["hosting"]): Settings {
  return { ...settings, hosting, objectStore: hosting === "managed" ? "s3" : settings.objectStore };
}

/** Hosts of a hosting that keep data. */
export function storeHosts({ hosts }: Pick<Blueprint, "hosts">): Host[] {
  return hosts.filter(({ role }) => storeRoles.includes(role));
}

/** Every host that there is: those in use, and those whose stores stand beside them. */
export function everyHost({ hosts, beside }: Pick<Blueprint, "hosts" | "beside">): Host[] {
  return beside === null ? hosts : [...hosts, ...storeHosts(beside)];
}

/** Every permitted direction of traffic: also between stores beside those in use, and from the application to objects that it copies. */
export function everyFlow({ flows, beside }: Pick<Blueprint, "flows" | "beside">): Flow[] {
  if (beside === null) return flows;
  return [...flows, ...beside.flows.filter(({ from, to }) => storeRoles.includes(to) && (storeRoles.includes(from) || to === "objects"))];
}
