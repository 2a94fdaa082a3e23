import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../host/fleet";
import type { Statement } from "../policy-document";

/** With ACME the edge hosts renew the certificate themselves and share it through its secret. */
export function certificateStatements({ blueprint, secrets }: Foundation): pulumi.Output<Statement>[] {
  if (blueprint.edge.certificate.source !== "acme") return [];
  return [
    secrets.arn("edge-certificate").apply((arn): Statement => ({ actions: ["secretsmanager:PutSecretValue"], resources: [arn] })),
    secrets.keyArn.apply((key): Statement => ({
      actions: ["kms:GenerateDataKey"],
      resources: [key],
      conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${blueprint.region}.amazonaws.com` } },
    })),
  ];
}
