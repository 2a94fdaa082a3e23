import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { OwnFoundation } from "../host/foundation";
import type { Statement } from "../policy-document";

/** What taking the Elastic IP needs: that address, and this role's own hosts and their interfaces. */
export function addressStatements({ blueprint }: OwnFoundation, address: ec2.Eip): pulumi.Output<Statement>[] {
  const own = { StringEquals: { "aws:ResourceTag/ha:role": "edge", "aws:ResourceTag/ha:stack": blueprint.stack } };
  return [
    // EC2 cannot limit a description to one address.
    pulumi.output<Statement>({ actions: ["ec2:DescribeAddresses"], resources: ["*"] }),
    address.arn.apply((arn): Statement => ({ actions: ["ec2:AssociateAddress"], resources: [arn] })),
    address.arn.apply((arn): Statement => {
      const account = arn.split(":").slice(0, 5).join(":");
      return { actions: ["ec2:AssociateAddress"], resources: [`${account}:instance/*`, `${account}:network-interface/*`], conditions: own };
    }),
  ];
}

/** With ACME the edge hosts renew the certificate themselves and share it through its secret. */
export function certificateStatements({ blueprint, secrets, keyArn }: OwnFoundation): pulumi.Output<Statement>[] {
  if (blueprint.edge.certificate.source !== "acme") return [];
  return [
    secrets.arn("edge-certificate").apply((arn): Statement => ({ actions: ["secretsmanager:PutSecretValue"], resources: [arn] })),
    keyArn.apply((key): Statement => ({
      actions: ["kms:GenerateDataKey"],
      resources: [key],
      conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${blueprint.region}.amazonaws.com` } },
    })),
  ];
}
