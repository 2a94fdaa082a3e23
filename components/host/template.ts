import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { Blueprint, Machine } from "../../blueprint/types";

export interface TemplateArgs {
  blueprint: Blueprint;
  machine: Machine;
  /** Base64, as `userData` of `hosts/` renders it. */
  userData: string;
  instanceProfileName: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Of machines that a group launches; an instance of its own names its group itself. */
  securityGroupIds?: pulumi.Input<string>[];
}

/** Tags of a machine, of its disks and of its interfaces. */
export function machineTags({ names }: Blueprint, { name, role }: Machine): Record<string, string> {
  return { Name: `${names.prefix}-${name}`, "ha:host": name, "ha:role": role };
}

/** How a machine is launched. It changes in place, and running machines take the change when they are replaced. */
export function launchTemplate(name: string, args: TemplateArgs, parent: pulumi.Resource): ec2.LaunchTemplate {
  const { blueprint, machine } = args;
  const tags = machineTags(blueprint, machine);
  // The provider's default tags do not reach what EC2 makes at launch.
  const launchTags = { ...tags, "ha:stack": blueprint.stack };
  return new ec2.LaunchTemplate(
    `${name}-template`,
    {
      name: `${blueprint.names.prefix}-${machine.name}`,
      imageId: blueprint.image.ami,
      instanceType: machine.instanceType,
      userData: args.userData,
      updateDefaultVersion: true,
      ebsOptimized: "true",
      // One hop: a container or a forwarded request on the host cannot reach the role's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      iamInstanceProfile: { name: args.instanceProfileName },
      ...(args.securityGroupIds === undefined ? {} : { vpcSecurityGroupIds: args.securityGroupIds }),
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: machine.rootGib, volumeType: "gp3", encrypted: "true", kmsKeyId: args.keyArn, deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["volume", "network-interface"].map((resourceType) => ({ resourceType, tags: launchTags })),
      tags,
    },
    { parent },
  );
}
