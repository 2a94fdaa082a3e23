import { same } from "./difference";
import type { Fields, Model, Shape } from "./model";
import { isProperties, UNKNOWN, withoutDefaultsNote, type Json, type Properties } from "./properties";

/** The outputs shown by the preview of a create: inputs as given, everything the cloud will choose unknown. */
export function previewOfCreate(model: Model, inputs: Properties): Properties {
  const chosen = Object.entries(model.inputs)
    .filter(([key, shape]) => shape.computed === true && inputs[key] === undefined)
    .map(([key]) => key);
  return { ...unknowns([...model.outputs, ...chosen]), ...withoutDefaultsNote(inputs) };
}

/** The outputs shown by the preview of an update. */
export function previewOfUpdate(model: Model, olds: Properties, oldInputs: Properties, newInputs: Properties): Properties {
  return { ...withInputs(model, olds, newInputs), ...unknowns(model.volatile?.(oldInputs, newInputs) ?? []) };
}

/** Outputs after the inputs have been set: an input that is no longer given is dropped, unless the cloud fills it. */
export function withInputs(model: Model, outputs: Properties, inputs: Properties): Properties {
  const kept = Object.entries(outputs).filter(([key]) => {
    const shape = model.inputs[key];
    return shape === undefined || shape.computed === true;
  });
  return { ...Object.fromEntries(kept), ...withoutDefaultsNote(inputs) };
}

/**
 * The inputs that would make what the cloud has now. Values that the cloud fills are only taken where the program gives
 * them too; without any old inputs (an import) everything is taken.
 */
export function inputsFrom(model: Model, recorded: Properties, oldInputs: Properties): Properties {
  const known = withoutDefaultsNote(oldInputs);
  const fresh = projectFields(model.inputs, recorded, Object.keys(known).length === 0 ? undefined : known);
  return oldInputs["__defaults"] === undefined ? fresh : { ...fresh, __defaults: oldInputs["__defaults"] };
}

function projectFields(fields: Fields, recorded: Properties, old: Properties | undefined): Properties {
  const taken: Properties = {};
  for (const [key, shape] of Object.entries(fields)) {
    const value = recorded[key];
    const before = old?.[key];
    if (value === undefined || (old !== undefined && before === undefined && shape.computed === true)) continue;
    taken[key] = project(shape, value, before, old === undefined ? "import" : "refresh");
  }
  return taken;
}

function project(shape: Shape, value: Json, old: Json | undefined, purpose: "import" | "refresh"): Json {
  if (old !== undefined && same(shape, old, value)) return old;
  if (shape.kind === "object" && isProperties(value)) {
    return projectFields(shape.fields, value, isProperties(old) ? withoutDefaultsNote(old) : purpose === "import" ? undefined : {});
  }
  if (shape.kind === "list" && Array.isArray(value)) {
    return value.map((item, index) => project(shape.of, item, Array.isArray(old) ? old[index] : undefined, purpose));
  }
  return value;
}

function unknowns(keys: readonly string[]): Properties {
  return Object.fromEntries(keys.map((key) => [key, UNKNOWN]));
}
