import type { PolicyResource } from "@pulumi/policy";
import { unknown, type ItemData } from "./item";

/** The engine's resources as plain data. */
export function fromEngine(resources: readonly PolicyResource[]): ItemData[] {
  return resources.map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    properties: plain(resource.props) as Record<string, unknown>,
    protected: resource.opts.protect,
    parent: resource.parent?.urn ?? resource.opts.parent ?? null,
    references: Object.fromEntries(Object.entries(resource.propertyDependencies).map(([property, sources]) => [property, sources.map(({ urn }) => urn)])),
    region: regionOf(resource),
  }));
}

/** The SDK's objects throw when a value is read that only the cloud will say. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  const read = (key: string): unknown => {
    try {
      return plain((value as Record<string, unknown>)[key]);
    } catch {
      return unknown;
    }
  };
  if (Array.isArray(value)) return [...value.keys()].map((index) => read(String(index)));
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(key)]));
}

function regionOf({ props, provider }: PolicyResource): string | null {
  const read = (from: Record<string, unknown> | undefined): string | null => {
    try {
      const region = from?.["region"];
      return typeof region === "string" ? region : null;
    } catch {
      return null;
    }
  };
  return read(props) ?? read(provider?.props);
}
