/** A resource of the stack, as the program asks for it: what is not known before AWS makes it is null, and no price may rest on it. */
export interface CostResource {
  /** Pulumi's type, e.g. `aws:ec2/instance:Instance`. */
  type: string;
  /** Pulumi's logical name. */
  name: string;
  /** Its provider's region; null for a provider without one. */
  region: string | null;
  /** What tells its parent from other parents: children of one component stand together. */
  parent: string;
  properties: Readonly<Record<string, unknown>>;
}
