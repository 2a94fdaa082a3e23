import type { Checked, CheckRequest } from "./check";
import type { Difference } from "./difference";
import type { Properties } from "./properties";

/** A resource as made: what the engine stores. */
export interface Made {
  id: string;
  properties: Properties;
}

/** A resource as found by a refresh. */
export interface Found extends Made {
  inputs: Properties;
}

/** Whether a call is only asked what it would do. */
export type Purpose = "preview" | "deploy";

/** What one provider does: the engine's protocol without the wire. A type that is not modelled throws in every call. */
export interface CloudPackage {
  checkConfig(news: Properties): Checked;
  diffConfig(oldInputs: Properties, newInputs: Properties): Difference;
  configure(inputs: Properties): void;
  check(type: string, request: CheckRequest): Checked;
  diff(type: string, olds: Properties, oldInputs: Properties, newInputs: Properties): Difference;
  create(type: string, inputs: Properties, purpose: Purpose): Promise<Made>;
  /** Undefined when it is gone. */
  read(type: string, id: string, olds: Properties, oldInputs: Properties): Promise<Found | undefined>;
  update(type: string, id: string, olds: Properties, oldInputs: Properties, newInputs: Properties, purpose: Purpose): Promise<Properties>;
  delete(type: string, id: string, olds: Properties): Promise<void>;
}

/** Error for a type or function that nobody modelled: an embedded cloud that echoed it would prove nothing. */
export function notModelled(token: string): Error {
  return new Error(`the embedded cloud does not model ${token}: add its model to lab/cloud, with what the real one refuses`);
}
