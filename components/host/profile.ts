import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint, HostRole, SecretName } from "../../blueprint/types";
import type { HostPlan } from "../../hosts/types";
import { Component } from "../component";
import { permits, rolePolicy, type Grant } from "../grant";
import { assumableBy } from "../policy-document";
import type { SecretSource } from "../secrets/source";

export interface ProfileArgs {
  blueprint: Blueprint;
  role: HostRole;
  /** What the role's hosts read is what their files say they read. */
  plans: HostPlan[];
  secrets: SecretSource;
  keyArn: pulumi.Input<string>;
  /** Permissions that only this role has. */
  extra: Grant[];
}

/** The identity of one role's hosts: exactly the secrets and artifacts that their files name. */
export class Profile extends Component {
  public readonly instanceProfileName: pulumi.Output<string>;
  /** What the hosts may do; before it exists they are refused everything. */
  public readonly policy: pulumi.Resource;

  public constructor(name: string, args: ProfileArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:host:Profile", name, opts);
    const { blueprint, secrets } = args;
    const read = secretsOf(args.plans);
    const role = new iam.Role(
      `${name}-role`,
      { name: `${blueprint.names.prefix}-${args.role}`, assumeRolePolicy: assumableBy("ec2.amazonaws.com") },
      { parent: this },
    );
    const artifacts = artifactObjects(args.plans);
    const grants: Grant[] = [
      { actions: ["secretsmanager:GetSecretValue"], resources: pulumi.all(read.map((secret) => secrets.arn(secret))) },
      {
        actions: ["kms:Decrypt"],
        resources: pulumi.all([args.keyArn]),
        conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${blueprint.region}.amazonaws.com` } },
      },
      ...(artifacts.length === 0 ? [] : [{ actions: ["s3:GetObject"], resources: artifacts }]),
      ...args.extra,
    ];
    this.policy = new iam.RolePolicy(`${name}-policy`, { role: role.id, policy: rolePolicy(grants) }, { parent: this });
    new iam.RolePolicyAttachment(
      `${name}-session-manager`,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      { parent: this },
    );
    const profile = new iam.InstanceProfile(`${name}-profile`, { name: `${blueprint.names.prefix}-${args.role}`, role: role.name }, { parent: this });
    this.instanceProfileName = profile.name;
    this.publish({ role: args.role, secrets: read, artifacts, permits: permits(grants) });
  }
}

/** Secrets that these hosts fetch at boot, sorted. */
export function secretsOf(plans: readonly HostPlan[]): SecretName[] {
  const refs = plans
    .flatMap((plan) => plan.secrets)
    .flatMap((file) => [...(file.parts ?? []), ...Object.values(file.environment ?? {}), ...Object.values(file.template?.values ?? {})]);
  return [...new Set(refs.map((ref) => ref.secret))].sort();
}

function artifactObjects(plans: readonly HostPlan[]): string[] {
  const urls = new Set(plans.flatMap((plan) => plan.artifacts ?? []).map((artifact) => artifact.url));
  return [...urls].filter((url) => url.startsWith("s3://")).map((url) => `arn:aws:s3:::${url.slice("s3://".length)}`);
}
