import type { Lab } from "../../lab/engine/lab";
import { recordOf } from "./harness";

/** Types that hold what cannot be made again. */
export const dataTypes = [
  "aws:ebs/volume:Volume",
  "aws:s3/bucket:Bucket",
  "aws:kms/key:Key",
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "random:index/randomPassword:RandomPassword",
  "tls:index/privateKey:PrivateKey",
];

/** What the embedded cloud holds of them: `type id`. */
export function dataIn(lab: Lab): Set<string> {
  return new Set(recordOf(lab).flatMap(({ type, id }) => (dataTypes.includes(type) ? [`${type} ${id}`] : [])));
}

/** What was there and is not any more. */
export function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((one) => !after.has(one));
}
