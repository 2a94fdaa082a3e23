import type { Model, Reference, Shape } from "../model";
import type { Made } from "../package";
import { withInputs } from "../projection";
import { isProperties, objectAt, textAt, withoutDefaultsNote, type Json, type Properties } from "../properties";
import type { CloudRecord, Resource } from "../record";
import { Cloud, valueOf } from "./cloud";
import { providerError, Refusal } from "./fault";
import type { AwsModel, UpdateCall } from "./model";

/** Settings of one provider instance. */
export interface AwsSettings {
  region: string;
  /** Tags of every resource that can have tags. */
  defaultTags: Properties;
}

/** Finds the model of a type; undefined when nobody modelled it. */
export type Models = ReadonlyMap<string, AwsModel>;

/** Region in which a resource with these inputs lives. */
export function regionOf(model: AwsModel, inputs: Properties, settings: AwsSettings): string {
  return model.scope === "global" ? "global" : (textAt(inputs, "region") ?? settings.region);
}

/** Outputs that every resource has, known before it exists. */
export function commonOutputs(model: AwsModel, inputs: Properties, settings: AwsSettings): Properties {
  return {
    ...(model.scope === "region" ? { region: regionOf(model, inputs, settings) } : {}),
    ...(model.outputs.includes("tagsAll") ? { tagsAll: { ...settings.defaultTags, ...objectAt(inputs, "tags") } } : {}),
  };
}

/** Makes a resource in the record, or throws the error that the real provider would print. */
export function create(record: CloudRecord, model: AwsModel, settings: AwsSettings, given: Properties, now: Date): Made {
  const inputs = withoutDefaultsNote(given);
  const cloud = new Cloud(record, regionOf(model, inputs, settings), now, settings.region);
  return calling("creating", model, model.calls.create, () => {
    for (const held of referencesIn(model, inputs)) mustExist(held, cloud);
    const made = model.create({ inputs, cloud });
    if (cloud.get(model.type, made.id) !== undefined)
      throw new Error(`the embedded cloud does not model a second ${model.type} of ${made.id}: in AWS it would write over the first`);
    const properties = { ...inputs, ...made.outputs, ...commonOutputs(model, inputs, settings) };
    record.put({ type: model.type, id: made.id, region: cloud.region, properties, ...(made.internal === undefined ? {} : { internal: made.internal }) });
    return { id: made.id, properties };
  });
}

/** Changes a resource in the record. */
export function update(record: CloudRecord, model: AwsModel, settings: AwsSettings, id: string, region: string, given: Properties, now: Date): Properties {
  const inputs = withoutDefaultsNote(given);
  const cloud = new Cloud(record, region, now, settings.region);
  return calling("updating", model, model.calls.update, () => {
    const resource = cloud.get(model.type, id);
    if (resource === undefined) throw new Refusal("ResourceNotFound", `${model.noun} ${id} does not exist: refresh`);
    const before = new Set(referencesIn(model, resource.properties).map((held) => held.value));
    for (const held of referencesIn(model, inputs)) if (!before.has(held.value)) mustExist(held, cloud);
    const call: UpdateCall = { inputs, cloud, resource };
    const changed = model.update?.(call) ?? { outputs: {} };
    const properties = { ...withInputs(model, resource.properties, inputs), ...changed.outputs, ...commonOutputs(model, { region, ...inputs }, settings) };
    const internal = changed.internal ?? resource.internal;
    record.put({ ...resource, properties, ...(internal === undefined ? {} : { internal }) });
    return properties;
  });
}

/** Deletes a resource and what goes with it; one that is already gone is deleted already. */
export function remove(record: CloudRecord, models: Models, model: AwsModel, id: string, region: string, now: Date): void {
  const cloud = new Cloud(record, region, now);
  const resource = cloud.get(model.type, id);
  if (resource === undefined) return;
  calling("deleting", model, model.calls.delete, () => {
    const companions = companionsOf(record, models, resource);
    model.delete?.(resource, cloud);
    for (const companion of companions) record.remove(companion);
    record.remove(resource);
  });
}

interface Held {
  reference: Reference;
  value: string;
}

function mustExist({ reference, value }: Held, cloud: Cloud): void {
  if (reference.accepts?.(value) === true) return;
  const exists = reference.to.some(({ type, by }) =>
    cloud.record.all(type).some((target) => sees(reference, cloud.region, target) && valueOf(target, by) === value),
  );
  if (!exists) throw new Refusal(reference.code, reference.message(value));
}

// What goes with the resource, and what goes with that: rules with their listener, when its load balancer goes.
function companionsOf(record: CloudRecord, models: Models, target: Resource): Resource[] {
  const companions = holdersOf(record, models, target);
  return [...companions, ...companions.flatMap((companion) => companionsOf(record, models, companion))];
}

function sees(reference: Reference, region: string, target: Resource): boolean {
  return reference.anywhere === true || target.region === region || target.region === "global";
}

// Everything that holds on to the resource: what goes with it is returned, anything else that keeps it refuses.
function holdersOf(record: CloudRecord, models: Models, target: Resource): Resource[] {
  const companions: Resource[] = [];
  for (const holder of record.everything()) {
    const model = models.get(holder.type);
    if (model === undefined || holder === target) continue;
    const held = referencesIn(model, holder.properties).filter(
      ({ reference, value }) =>
        sees(reference, holder.region, target) && reference.to.some(({ type, by }) => type === target.type && valueOf(target, by) === value),
    );
    if (held.some(({ reference }) => reference.whenTargetGoes === "goesToo")) {
      companions.push(holder);
      continue;
    }
    for (const { reference } of held) {
      if (typeof reference.whenTargetGoes === "string") continue;
      throw new Refusal(reference.whenTargetGoes.code, `${reference.whenTargetGoes.message(target.id)} (held by ${holder.type} ${holder.id})`);
    }
  }
  return companions;
}

function referencesIn(model: Model, bag: Properties): Held[] {
  return Object.entries(model.inputs).flatMap(([key, shape]) => referencesOf(shape, bag[key]));
}

function referencesOf(shape: Shape, value: Json | undefined): Held[] {
  if (value === undefined || value === "") return [];
  if (shape.kind === "list" && Array.isArray(value)) return value.flatMap((item) => referencesOf(shape.of, item));
  if (shape.kind === "object" && isProperties(value)) return Object.entries(shape.fields).flatMap(([key, field]) => referencesOf(field, value[key]));
  return typeof value === "string" && shape.refers !== undefined ? [{ reference: shape.refers, value }] : [];
}

function calling<Answer>(doing: string, model: AwsModel, call: string, run: () => Answer): Answer {
  try {
    return run();
  } catch (fault) {
    if (fault instanceof Refusal) throw providerError(doing, model.noun, model.api, call, fault);
    throw fault;
  }
}
