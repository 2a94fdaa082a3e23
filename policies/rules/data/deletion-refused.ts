import { balancerType } from "../../listeners";
import { mustBe } from "../../mustBe";
import { rule } from "../../rule";
import { dataBuckets, mayGo } from "../../stack/data";

/** Which property makes AWS refuse. */
const refusals: Record<string, string> = {
  "aws:rds/instance:Instance": "deletionProtection",
  "aws:rds/cluster:Cluster": "deletionProtection",
  "aws:rds/globalCluster:GlobalCluster": "deletionProtection",
  [balancerType]: "enableDeletionProtection",
};

export const deletionRefused = rule({
  name: "deletion-refused",
  group: "data",
  description: "AWS refuses to delete a database, a load balancer and a bucket with objects in it, whoever asks",
  why: "The engine's protection does not reach the console, a script or another program; AWS's own does.",
  judge: (stack) => [
    ...Object.entries(refusals).flatMap(([type, path]) =>
      stack
        .ofType(type)
        .filter((item) => !mayGo(stack, item))
        .flatMap((item) => mustBe(item, path, true)),
    ),
    ...dataBuckets(stack).flatMap((bucket) => mustBe(bucket, "forceDestroy", false)),
  ],
});
