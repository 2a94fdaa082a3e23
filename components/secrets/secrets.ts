import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Blueprint, SecretName } from "../../blueprint/types";
import { Component } from "../component";
import { Certificates } from "./certificates";
import type { SecretSource } from "./source";
import { secretContents, type SecretContent } from "../../blueprint/secrets";

export interface SecretsArgs {
  blueprint: Blueprint;
  keyArn: pulumi.Input<string>;
  /** The key of the other region, to which secrets are copied; null below level 3. */
  replicaKeyArn: pulumi.Input<string> | null;
}

/** Long enough that guessing is hopeless, and as long as ADMIN_SETUP_TOKEN needs (32). */
const passwordLength = 40;

/** Every secret: generated ones with their value, the operator's as empty containers. */
export class Secrets extends Component implements SecretSource {
  private readonly arns = new Map<SecretName, pulumi.Output<string>>();
  private readonly values = new Map<string, pulumi.Output<string>>();

  public constructor(
    private readonly name: string,
    private readonly args: SecretsArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:secrets:Secrets", name, opts);
    const { secrets } = args.blueprint;
    const contents = secretContents(args.blueprint);
    const inner = [...contents.values()].some(({ filledBy }) => filledBy === "certificates");
    const certificates = inner ? new Certificates(`${name}-tls`, { blueprint: args.blueprint }, { parent: this }) : null;
    for (const [secretName, content] of contents) this.arns.set(secretName, this.secret(secretName, content, certificates));
    this.publish({
      secrets: [...contents].map(([secretName, content]) => ({ name: `${secrets.prefix}/${secretName}`, filledBy: content.filledBy })),
      recoveryWindowDays: args.blueprint.secrets.recoveryWindowDays,
    });
  }

  /** ARN of a secret. Throws when the stack has no such secret. */
  public arn(secretName: SecretName): pulumi.Output<string> {
    const arn = this.arns.get(secretName);
    if (arn === undefined) throw new Error(`secrets ${this.name}: a host reads ${secretName}, which this stack does not make`);
    return arn;
  }

  /** A generated value, for a service that has to be told it. Throws when the stack generates no such value. */
  public generated(secretName: SecretName, key: string): pulumi.Output<string> {
    const value = this.values.get(`${secretName}/${key}`);
    if (value === undefined) throw new Error(`secrets ${this.name}: a service needs ${key} of ${secretName}, which this stack does not generate`);
    return value;
  }

  /** ARNs of all secrets, by name. */
  public arnsByName(): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(this.arns);
  }

  private secret(secretName: SecretName, content: SecretContent, certificates: Certificates | null): pulumi.Output<string> {
    const { keyArn, replicaKeyArn } = this.args;
    const { secrets } = this.args.blueprint;
    const container = new secretsmanager.Secret(
      `${this.name}-${secretName}`,
      {
        name: `${secrets.prefix}/${secretName}`,
        kmsKeyId: keyArn,
        recoveryWindowInDays: secrets.recoveryWindowDays,
        ...(secrets.replicaRegion === null || replicaKeyArn === null ? {} : { replicas: [{ region: secrets.replicaRegion, kmsKeyId: replicaKeyArn }] }),
        ...(content.filledBy === "operator" ? { description: content.needed } : {}),
      },
      // The operator's values exist nowhere else in the stack.
      { parent: this, protect: content.filledBy === "operator" && content.deletionProtection },
    );
    const value = this.value(secretName, content, certificates);
    if (value !== undefined) {
      new secretsmanager.SecretVersion(`${this.name}-${secretName}-value`, { secretId: container.id, secretString: value }, { parent: this });
    }
    return container.arn;
  }

  private value(secretName: SecretName, content: SecretContent, certificates: Certificates | null): pulumi.Output<string> | undefined {
    if (content.filledBy === "operator") return undefined;
    if (content.filledBy === "certificates") return certificates?.values.get(secretName);
    const generated = content.keys.map((key) => {
      const what = key.toLowerCase().replace(/_/g, "-");
      const password = new random.RandomPassword(`${this.name}-${secretName}-${what}`, { length: passwordLength, special: false }, { parent: this });
      this.values.set(`${secretName}/${key}`, password.result);
      return password.result.apply((result) => [key, result] as const);
    });
    return pulumi.secret(pulumi.all(generated).apply((pairs) => JSON.stringify({ ...content.fixed, ...Object.fromEntries(pairs) })));
  }
}
