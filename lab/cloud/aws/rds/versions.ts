import { Refusal } from "../fault";

/** Engines that are modelled: RDS for PostgreSQL (also in a Multi-AZ DB cluster) and Aurora PostgreSQL. */
export type Engine = "postgres" | "aurora-postgresql";

/**
 * Versions that can be created, oldest first, as of November 2026 (release calendars of RDS for PostgreSQL and Aurora
 * PostgreSQL). AWS stops offering a minor version about a year after it came: 16.1 to 16.8 and 17.1 to 17.4 cannot be
 * created on RDS since May 2026. What is not here is refused though AWS may have it.
 */
const VERSIONS: Record<Engine, string[]> = {
  postgres: ["16.11", "16.12", "16.13", "16.14", "16.15", "17.7", "17.8", "17.9", "17.10", "17.11"],
  "aurora-postgresql": ["16.8", "16.9", "16.10", "16.11", "16.13", "17.4", "17.5", "17.6", "17.7", "17.9", "17.10"],
};

/** Families of parameter groups, one for each engine and major version. */
export function families(): string[] {
  return engines().flatMap((engine) => [...new Set(VERSIONS[engine].map((version) => familyOf(engine, version)))]);
}

export function engines(): Engine[] {
  return ["postgres", "aurora-postgresql"];
}

export function majorOf(version: string): number {
  return Number(version.split(".")[0]);
}

export function familyOf(engine: Engine, version: string): string {
  return `${engine}${String(majorOf(version))}`;
}

/** The version that AWS would take: `17` stands for the newest 17.x that is offered, nothing for the newest of all. */
export function resolveVersion(engine: Engine, wanted: string | undefined): string {
  const found = VERSIONS[engine].findLast((version) => wanted === undefined || means(wanted, version));
  if (found === undefined) throw new Refusal("InvalidParameterCombination", `Cannot find version ${wanted ?? ""} for ${engine}`);
  return found;
}

/** The version after a change; stays when the wanted one is what already runs. Refuses a way back and an unannounced major upgrade. */
export function upgradedVersion(engine: Engine, running: string, wanted: string | undefined, majorAllowed: boolean): string {
  if (wanted === undefined || means(wanted, running)) return running;
  const target = resolveVersion(engine, wanted);
  if (order(target) < order(running)) throw new Refusal("InvalidParameterCombination", `Cannot upgrade ${engine} from ${running} to ${target}`);
  if (majorOf(target) > majorOf(running) && !majorAllowed)
    throw new Refusal("InvalidParameterCombination", "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.");
  return target;
}

/** True when a written version, whole or major only, names this one. */
export function means(wanted: string, version: string): boolean {
  return wanted === version || wanted === String(majorOf(version));
}

function order(version: string): number {
  const [major = "0", minor = "0"] = version.split(".");
  return Number(major) * 1000 + Number(minor);
}
