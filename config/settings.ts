import { z } from "zod";
import { checks } from "./checks";
import { defaultCidrs, defaultMaxHosts, defaultZones } from "./derived";
import { SettingsFault, shown, type Fault } from "./fault";
import { derivedKeys, keys, nullableKeys, requiredKeys, type Key, type Settings } from "./keys";
import type { KeySpec } from "./kinds";
import { defaultsOf } from "./levels";
import { nearest } from "./nearest";

export { SettingsFault, type Fault } from "./fault";
export type { Settings, Site } from "./keys";

/** Namespace of the stack's config keys. */
export const namespace = "ar-io-bundler-ha";

const specs: Record<Key, KeySpec> = keys;
const keyNames = Object.keys(keys) as Key[];
const schema = z.strictObject(
  Object.fromEntries(keyNames.map((key) => [key, (requiredKeys as readonly Key[]).includes(key) ? specs[key].schema : specs[key].schema.optional()])),
);

/**
 * The stack's settings, complete and meaningful.
 *
 * `raw` is the config without its namespace, each value as Pulumi or YAML hands it over. Throws one `SettingsFault`
 * that lists every fault, of form and of meaning, when there is any.
 */
export function parseSettings(raw: Record<string, unknown>, stack: string): Settings {
  const faults = [...stackFaults(stack), ...shapeFaults(raw, stack)];
  const faulty = new Set(faults.map((fault) => fault.key));
  const settings = complete(raw, stack, faulty);
  for (const check of checks) {
    if (check.reads.some((key) => faulty.has(key))) continue;
    const found = check.find(settings);
    faults.push(...found);
    found.forEach((fault) => faulty.add(fault.key));
  }
  if (faults.length > 0) throw new SettingsFault(stack, faults);
  return settings;
}

/** The program's own keys out of everything that a stack's config holds, without the namespace. */
export function ownConfig(all: Record<string, unknown>): Record<string, unknown> {
  const prefix = `${namespace}:`;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/** The name is part of every AWS name; a load balancer's has at most 32 characters, of which twelve leave room for `bundler-` and what it is. */
function stackFaults(stack: string): Fault[] {
  if (/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/.test(stack)) return [];
  return [
    {
      key: "(stack name)",
      given: shown(stack),
      needed: "at most 12 lower-case letters, digits and dashes, beginning with a letter",
      fix: "init the stack under such a name",
    },
  ];
}

function shapeFaults(raw: Record<string, unknown>, stack: string): Fault[] {
  const result = schema.safeParse(raw);
  if (result.success) return [];
  const file = `Pulumi.${stack}.yaml`;
  const unknown = Object.keys(raw).filter((key) => !(key in keys));
  const malformed = new Set(result.error.issues.flatMap((issue) => issue.path.slice(0, 1).map(String)));
  return [
    ...unknown.map((key): Fault => {
      const near = nearest(key, keyNames);
      return {
        key,
        given: "an unknown key",
        needed: near === null ? "a key of docs/configuration.md" : `a known one, perhaps ${near}`,
        fix: `remove or rename ${namespace}:${key} in ${file}`,
      };
    }),
    ...keyNames
      .filter((key) => malformed.has(key))
      .map((key): Fault => ({
        key,
        given: shown(raw[key]),
        needed: specs[key].needed,
        fix: specs[key].fix ?? `set ${namespace}:${key} in ${file}`,
      })),
  ];
}

/**
 * Given values over the level's defaults. A key at fault has its default, or nothing when it has none: the checks that
 * read it are not asked, and the settings are not returned.
 */
function complete(raw: Record<string, unknown>, stack: string, faulty: ReadonlySet<string>): Settings {
  const given = Object.fromEntries(
    keyNames.filter((key) => raw[key] !== undefined && !faulty.has(key)).map((key) => [key, specs[key].schema.parse(raw[key])]),
  ) as Partial<Settings>;
  const nothing = Object.fromEntries(nullableKeys.map((key) => [key, null]));
  const level = given.level ?? 1;
  const basic = { stack, site: "primary", level, ...defaultsOf(level), ...nothing, ...given } as Settings;
  const zones = given.zones ?? defaultZones(basic.region);
  const standbyZones = basic.standbyRegion === null ? [] : defaultZones(basic.standbyRegion);
  const derived = { zones, standbyZones, ...defaultCidrs(basic.vpcCidr, zones.length), ...defaultMaxHosts(basic) };
  return { ...basic, ...derived, ...Object.fromEntries(derivedKeys.filter((key) => given[key] !== undefined).map((key) => [key, given[key]])) };
}
