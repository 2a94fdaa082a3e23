import { check, type Checked, type CheckRequest } from "./check";
import { difference, type Change, type Difference } from "./difference";
import type { Model } from "./model";
import { notModelled, type CloudPackage, type Found, type Made, type Purpose } from "./package";
import { previewOfCreate, previewOfUpdate, withInputs } from "./projection";
import { withoutDefaultsNote, type Properties } from "./properties";

/** A type whose values are made on the spot and live only in the stack's state, as those of the real random and tls providers. */
export interface LocalModel extends Model {
  make: (inputs: Properties) => Promise<Made>;
  /** Changes that come with time, e.g. a certificate that is due for renewal. */
  ageing?: (olds: Properties, newInputs: Properties, now: Date) => Change[];
  /** Outputs that follow from the clock and the inputs, set again by a refresh or an update. */
  aged?: (outputs: Properties, now: Date) => Properties;
}

/** A provider without a cloud behind it. */
export class LocalPackage implements CloudPackage {
  private readonly models: ReadonlyMap<string, LocalModel>;

  public constructor(models: readonly LocalModel[]) {
    this.models = new Map(models.map((model) => [model.type, model]));
  }

  public checkConfig(news: Properties): Checked {
    const failures = Object.keys(news)
      .filter((key) => key !== "version")
      .map((property) => ({ property, reason: `the embedded cloud does not model the setting ${property} of this provider` }));
    return { inputs: news, failures };
  }

  public diffConfig(): Difference {
    return { changes: [], deleteFirst: "no" };
  }

  public configure(): void {
    // these providers have nothing to configure
  }

  public check(type: string, request: CheckRequest): Checked {
    return check(this.model(type), request);
  }

  public diff(type: string, olds: Properties, oldInputs: Properties, newInputs: Properties): Difference {
    const model = this.model(type);
    const found = difference(model, oldInputs, newInputs);
    return { ...found, changes: [...found.changes, ...(model.ageing?.(olds, newInputs, new Date()) ?? [])] };
  }

  public async create(type: string, inputs: Properties, purpose: Purpose): Promise<Made> {
    const model = this.model(type);
    if (purpose === "preview") return { id: "", properties: previewOfCreate(model, inputs) };
    const made = await model.make(inputs);
    return { id: made.id, properties: { ...withoutDefaultsNote(inputs), ...made.properties } };
  }

  public read(type: string, id: string, olds: Properties, oldInputs: Properties): Promise<Found | undefined> {
    const model = this.model(type);
    if (Object.keys(olds).length === 0) return Promise.reject(notModelled(`the import of ${type}`));
    return Promise.resolve({ id, properties: { ...olds, ...model.aged?.(olds, new Date()) }, inputs: oldInputs });
  }

  public update(type: string, _id: string, olds: Properties, oldInputs: Properties, newInputs: Properties, purpose: Purpose): Promise<Properties> {
    const model = this.model(type);
    if (purpose === "preview") return Promise.resolve(previewOfUpdate(model, olds, oldInputs, newInputs));
    const outputs = withInputs(model, olds, newInputs);
    return Promise.resolve({ ...outputs, ...model.aged?.(outputs, new Date()) });
  }

  public delete(type: string): Promise<void> {
    this.model(type);
    return Promise.resolve();
  }

  private model(type: string): LocalModel {
    const model = this.models.get(type);
    if (model === undefined) throw notModelled(type);
    return model;
  }
}
