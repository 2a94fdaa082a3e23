import { map, text, type Model } from "../model";
import type { Properties } from "../properties";
import type { Resource } from "../record";
import type { Cloud } from "./cloud";

/** An API call that makes something: its checked inputs and the cloud it is made in. References have been found to exist. */
export interface CreateCall {
  inputs: Properties;
  cloud: Cloud;
}

/** What a call made. */
export interface Created {
  id: string;
  /** Outputs that the cloud adds, computed inputs among them. */
  outputs: Properties;
  internal?: Properties;
}

/** An API call that changes something. `inputs` are all inputs after the change. */
export interface UpdateCall extends CreateCall {
  resource: Resource;
}

/** One AWS type: how it is made and changed, and what AWS refuses. */
export interface AwsModel extends Model {
  /** As the real provider's errors name it, e.g. `EC2 Subnet`. */
  noun: string;
  /** Name of the service in errors, e.g. `EC2`. */
  api: string;
  calls: { create: string; update: string; delete: string };
  scope: "region" | "global";
  /** Makes it, or throws a Refusal without having changed anything. */
  create: (call: CreateCall) => Created;
  /** Outputs that change with the inputs; a Refusal when AWS would not. Absent: the inputs alone change. */
  update?: (call: UpdateCall) => { outputs: Properties; internal?: Properties };
  /** Refuses a delete for reasons other than references to it, or notes what stays behind. */
  delete?: (resource: Resource, cloud: Cloud) => void;
}

/** Most tags that a resource can have, and their lengths (AWS General Reference, tag restrictions). */
const TAG_LIMITS = { count: 50, keyCharacters: 128, valueCharacters: 256 };

/** Adds what all types of a kind share: `region`, and tags where the type has them. */
export function awsModel(model: AwsModel, tags: "tagged" | "untagged"): AwsModel {
  return {
    ...model,
    inputs: {
      ...model.inputs,
      ...(model.scope === "region" ? { region: text({ computed: true, replaces: true }) } : {}),
      ...(tags === "tagged" ? { tags: map({ rule: tagsFault }) } : {}),
    },
    outputs: tags === "tagged" ? [...model.outputs, "tagsAll"] : model.outputs,
  };
}

/** Rule of tags: how many, and their lengths. */
export function tagsFault(tags: Properties): string | undefined {
  const entries = Object.entries(tags);
  if (entries.length > TAG_LIMITS.count) return `${String(entries.length)} tags; AWS allows ${String(TAG_LIMITS.count)}`;
  const bad = entries.find(
    ([key, value]) =>
      key === "" ||
      key.toLowerCase().startsWith("aws:") ||
      key.length > TAG_LIMITS.keyCharacters ||
      (typeof value === "string" ? value : "").length > TAG_LIMITS.valueCharacters,
  );
  return bad === undefined ? undefined : `tag ${JSON.stringify(bad[0])}: keys have 1 to 128 characters and do not begin with aws:, values at most 256`;
}
