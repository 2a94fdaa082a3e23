import { z } from "zod";
import type { ItemData } from "./item";

const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  parent: z.string().optional(),
  protect: z.boolean().optional(),
  provider: z.string().optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});
const stateSchema = z.object({ deployment: z.object({ resources: z.array(resourceSchema) }) });

/** A saved state (`pulumi stack export`) as plain data. Throws when it is none. */
export function fromState(state: unknown): ItemData[] {
  const { resources } = stateSchema.parse(state).deployment;
  const regions = new Map(resources.map(({ urn, id, inputs }) => [`${urn}::${id ?? ""}`, text(inputs?.["region"])]));
  return resources.map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    name: resource.urn.split("::").at(-1) ?? "",
    properties: resource.outputs ?? {},
    protected: resource.protect ?? false,
    parent: resource.parent ?? null,
    references: Object.fromEntries(Object.entries(resource.propertyDependencies ?? {}).map(([property, urns]) => [property, urns ?? []])),
    region: text(resource.outputs?.["region"]) ?? regions.get(resource.provider ?? "") ?? null,
  }));
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
