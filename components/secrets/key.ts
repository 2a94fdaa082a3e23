import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../../blueprint/types";
import { Component } from "../component";
import { policyDocument, type Statement } from "../policy-document";

export interface KeyArgs {
  blueprint: Blueprint;
  /** The AWS account. It comes from a resource, since a data source would need credentials to preview. */
  accountId: pulumi.Input<string>;
  /** The other region, at level 3. */
  standby: Standby | null;
}

/** Where a key is replicated to. */
export interface Standby {
  region: string;
  prefix: string;
  provider: pulumi.ProviderResource;
}

/** Days in which a deleted key, and with it everything that it encrypts, can be had back: the longest that KMS allows. */
const deletionWindowInDays = 30;

/** The key that encrypts everything at rest: volumes, buckets, secrets and flow logs. */
export class Key extends Component {
  public readonly arn: pulumi.Output<string>;
  /** The same key in the other region; null below level 3. */
  public readonly replicaArn: pulumi.Output<string> | null;

  public constructor(name: string, { blueprint, accountId, standby }: KeyArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:secrets:Key", name, opts);
    const { names, region, deletionProtection } = blueprint;
    const key = new kms.Key(
      `${name}-key`,
      {
        description: `data and secrets of ${names.prefix}`,
        enableKeyRotation: true,
        // A key that cannot be replicated can never become one that can, and what it encrypts cannot change its key.
        multiRegion: true,
        deletionWindowInDays,
        policy: pulumi.output(accountId).apply((account) => keyPolicy(account, region, names.prefix, blueprint.groups.length > 0)),
        tags: { Name: names.prefix },
      },
      { parent: this, protect: deletionProtection },
    );
    new kms.Alias(`${name}-alias`, { name: `alias/${names.prefix}`, targetKeyId: key.keyId }, { parent: this });
    this.arn = key.arn;
    this.replicaArn = standby === null ? null : this.replica(name, key, standby, blueprint);
    this.publish({ alias: `alias/${names.prefix}`, rotation: true, deletionWindowInDays });
  }

  private replica(
    name: string,
    key: kms.Key,
    { region, prefix, provider }: Standby,
    { groups, deletionProtection: protect }: Blueprint,
  ): pulumi.Output<string> {
    const account = key.arn.apply((arn) => arn.split(":")[4] ?? "");
    const copy = new kms.ReplicaKey(
      `${name}-replica`,
      {
        primaryKeyArn: key.arn,
        description: `data and secrets of ${prefix}`,
        deletionWindowInDays,
        policy: account.apply((id) => keyPolicy(id, region, prefix, groups.length > 0)),
        tags: { Name: prefix },
      },
      { parent: this, provider, protect },
    );
    new kms.Alias(`${name}-replica-alias`, { name: `alias/${prefix}`, targetKeyId: copy.keyId }, { parent: this, provider });
    return copy.arn;
  }
}

/**
 * IAM policies of the account decide who uses the key; CloudWatch Logs, which no IAM policy reaches, may for the stack's own log
 * groups, and Auto Scaling, whose role has a policy that nobody can change, for the disks of the machines that it launches.
 */
function keyPolicy(account: string, region: string, prefix: string, groups: boolean): string {
  return policyDocument([
    { sid: "Account", principal: { AWS: `arn:aws:iam::${account}:root` }, actions: ["kms:*"], resources: ["*"] },
    {
      sid: "Logs",
      principal: { Service: `logs.${region}.amazonaws.com` },
      actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      resources: ["*"],
      conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:/${prefix}/*` } },
    },
    ...(groups ? autoScalingStatements(account) : []),
  ]);
}

/** As Auto Scaling's user guide asks for encrypted volumes. The role is a condition: as a principal it would have to exist, and an account has it from its first group on. */
function autoScalingStatements(account: string): Statement[] {
  const role = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  const own = { ArnEquals: { "aws:PrincipalArn": role } };
  return [
    {
      sid: "AutoScaling",
      principal: { AWS: "*" },
      actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      resources: ["*"],
      conditions: own,
    },
    {
      sid: "AutoScalingDisks",
      principal: { AWS: "*" },
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { ...own, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
