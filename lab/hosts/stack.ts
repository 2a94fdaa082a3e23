import { z } from "zod";
import type { Lab } from "../engine/lab";

const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});

const exportSchema = z.object({ deployment: z.object({ resources: z.array(resourceSchema) }) });

/** A resource of an exported stack. */
export interface Exported {
  type: string;
  id: string;
  outputs: Readonly<Record<string, unknown>>;
}

/** The resources of a stack as `pulumi stack export --show-secrets` has them. The values of secrets are in it: it is never printed or written. */
export class ExportedStack {
  private constructor(private readonly resources: readonly Exported[]) {}

  public static async of(lab: Lab, stack: string): Promise<ExportedStack> {
    return ExportedStack.parse(await lab.json(["stack", "export", "--show-secrets"], { stack }));
  }

  public static parse(exported: unknown): ExportedStack {
    const { deployment } = exportSchema.parse(exported);
    return new ExportedStack(deployment.resources.map(({ type, id, outputs }) => ({ type, id: id ?? "", outputs: plain(outputs ?? {}) })));
  }

  /** Every resource of a type, read by its schema. Throws when one is not as the schema says. */
  public all<Shape extends z.ZodType>(type: string, shape: Shape): { id: string; outputs: z.output<Shape> }[] {
    return this.resources.filter((resource) => resource.type === type).map(({ id, outputs }) => ({ id, outputs: shape.parse(outputs) }));
  }
}

/** The engine's mark of a secret value. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** Takes the envelopes of secrets off. */
function plain(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unwrapped(one)]));
}

function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  const entries = value as Record<string, unknown>;
  if (secretMark in entries && typeof entries["plaintext"] === "string") return unwrapped(JSON.parse(entries["plaintext"]));
  return plain(entries);
}
