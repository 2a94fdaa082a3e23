import * as pulumi from "@pulumi/pulumi";

/** What a policy may judge: plain values only, since a rule that touches an unknown value in a preview stops blocking. */
export type Facts = Record<string, unknown>;

/** Base of every component: type token `ha:<role>:<Class>`, facts published once and synchronously. */
export abstract class Component extends pulumi.ComponentResource {
  protected constructor(type: `ha:${string}:${string}`, name: string, opts: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
  }

  /** Last line of every constructor: what comes after it, or after an `await`, is lost to the engine. */
  protected publish(facts: Facts): void {
    this.registerOutputs(facts);
  }
}
