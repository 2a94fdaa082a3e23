import { check, type Checked, type CheckRequest } from "../check";
import { difference, type Change, type Difference } from "../difference";
import { notModelled, type CloudPackage, type Found, type Made, type Purpose } from "../package";
import { inputsFrom, previewOfCreate, previewOfUpdate } from "../projection";
import { objectAt, textAt, type Json, type Properties } from "../properties";
import type { RecordFile } from "../recordFile";
import { stable } from "../difference";
import { models } from "./catalogue";
import type { AwsModel } from "./model";
import { commonOutputs, create, regionOf, remove, update, type AwsSettings } from "./operations";
import { checkSettings, settingsFrom } from "./settings";

/** The aws provider of the embedded cloud: the models over a shared record. */
export class AwsPackage implements CloudPackage {
  private settings: AwsSettings = { region: "", defaultTags: {} };

  public constructor(private readonly file: RecordFile) {}

  public checkConfig(news: Properties): Checked {
    return checkSettings(news);
  }

  public diffConfig(oldInputs: Properties, newInputs: Properties): Difference {
    // since v7 of the real provider another region replaces resources, not the provider
    const keys = [...new Set([...Object.keys(oldInputs), ...Object.keys(newInputs)])].filter((key) => key !== "version");
    const changes = keys
      .filter((key) => text(oldInputs[key]) !== text(newInputs[key]))
      .map((path): Change => ({
        path,
        kind: oldInputs[path] === undefined ? "add" : newInputs[path] === undefined ? "delete" : "update",
        effect: "update",
        of: "input",
      }));
    return { changes, deleteFirst: "no" };
  }

  public configure(inputs: Properties): void {
    this.settings = settingsFrom(inputs);
  }

  public check(type: string, request: CheckRequest): Checked {
    return check(modelOf(type), request);
  }

  public diff(type: string, olds: Properties, oldInputs: Properties, newInputs: Properties): Difference {
    const model = modelOf(type);
    const found = difference(model, oldInputs, newInputs);
    return { ...found, changes: [...found.changes, ...this.changesWithoutInputs(model, olds, newInputs)] };
  }

  public async create(type: string, inputs: Properties, purpose: Purpose): Promise<Made> {
    const model = modelOf(type);
    if (purpose === "preview") return { id: "", properties: { ...previewOfCreate(model, inputs), ...commonOutputs(model, inputs, this.settings) } };
    return this.file.run((record) => create(record, model, this.settings, inputs, new Date()));
  }

  public async read(type: string, id: string, olds: Properties, oldInputs: Properties): Promise<Found | undefined> {
    const model = modelOf(type);
    const region = this.regionOfExisting(model, olds);
    const resource = await this.file.run((record) => record.get(type, region, id));
    return resource === undefined ? undefined : { id, properties: resource.properties, inputs: inputsFrom(model, resource.properties, oldInputs) };
  }

  public async update(type: string, id: string, olds: Properties, oldInputs: Properties, newInputs: Properties, purpose: Purpose): Promise<Properties> {
    const model = modelOf(type);
    if (purpose === "preview") return { ...previewOfUpdate(model, olds, oldInputs, newInputs), ...commonOutputs(model, newInputs, this.settings) };
    const region = this.regionOfExisting(model, olds);
    return this.file.run((record) => update(record, model, this.settings, id, region, newInputs, new Date()));
  }

  public async delete(type: string, id: string, olds: Properties): Promise<void> {
    const model = modelOf(type);
    const region = this.regionOfExisting(model, olds);
    await this.file.run((record) => {
      remove(record, models, model, id, region, new Date());
    });
  }

  // A resource stays in the region it was made in, whatever the provider's region is now.
  private regionOfExisting(model: AwsModel, olds: Properties): string {
    return regionOf(model, olds, this.settings);
  }

  private changesWithoutInputs(model: AwsModel, olds: Properties, newInputs: Properties): Change[] {
    const common = commonOutputs(model, newInputs, this.settings);
    const changes: Change[] = [];
    const tags = objectAt(common, "tagsAll");
    const asTagged = stable({ ...this.settings.defaultTags, ...objectAt(olds, "tags") });
    // tags of the resource itself already show as a change of its inputs
    if (
      tags !== undefined &&
      olds["tagsAll"] !== undefined &&
      stable(olds["tagsAll"]) !== stable(tags) &&
      (asTagged === stable(tags) || stable(olds["tagsAll"]) !== asTagged)
    ) {
      changes.push({ path: "tagsAll", kind: "update", effect: "update", of: "output" });
    }
    if (newInputs["region"] === undefined && olds["region"] !== undefined && textAt(olds, "region") !== textAt(common, "region")) {
      changes.push({ path: "region", kind: "update", effect: "replace", of: "output" });
    }
    return changes;
  }
}

function text(value: Json | undefined): string {
  return value === undefined ? "" : stable(value);
}

function modelOf(type: string): AwsModel {
  const model = models.get(type);
  if (model === undefined) throw notModelled(type);
  return model;
}
