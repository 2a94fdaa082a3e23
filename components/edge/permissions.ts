import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { Grant } from "../grant";
import type { OwnFoundation } from "../host/foundation";

/** What taking the Elastic IP needs: that address, and this role's own hosts and their interfaces. */
export function addressStatements({ blueprint }: OwnFoundation, address: ec2.Eip): Grant[] {
  const own = { StringEquals: { "aws:ResourceTag/ha:role": "edge", "aws:ResourceTag/ha:stack": blueprint.stack } };
  return [
    // EC2 cannot limit a description to one address.
    { actions: ["ec2:DescribeAddresses"], resources: ["*"] },
    { actions: ["ec2:AssociateAddress"], resources: pulumi.all([address.arn]) },
    {
      actions: ["ec2:AssociateAddress"],
      resources: address.arn.apply((arn) => {
        const account = arn.split(":").slice(0, 5).join(":");
        return [`${account}:instance/*`, `${account}:network-interface/*`];
      }),
      conditions: own,
    },
  ];
}

/** With ACME the edge hosts renew the certificate themselves and share it through its secret. */
export function certificateStatements({ blueprint, secrets, keyArn }: OwnFoundation): Grant[] {
  if (blueprint.edge.certificate.source !== "acme") return [];
  return [
    { actions: ["secretsmanager:PutSecretValue"], resources: pulumi.all([secrets.arn("edge-certificate")]) },
    {
      actions: ["kms:GenerateDataKey"],
      resources: pulumi.all([keyArn]),
      conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${blueprint.region}.amazonaws.com` } },
    },
  ];
}
