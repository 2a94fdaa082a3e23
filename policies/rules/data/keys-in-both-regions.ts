import { mustBe } from "../../mustBe";
import { rule, type Violation } from "../../rule";
import type { Region, Stack } from "../../stack/stack";

export const keysInBothRegions = rule({
  name: "keys-in-both-regions",
  group: "data",
  description: "the stack's key can be had in another region from the first level on, and at level 3 it is there",
  why: "A region whose key is lost with the other region has copies that nobody can read; and a key of one region never becomes one of two.",
  judge: (stack) => stack.regions.filter(({ blueprint }) => blueprint.site === "primary").flatMap((region) => judgeRegion(stack, region)),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const keys = region.ofType("aws:kms/key:Key");
  const other = region.blueprint.secrets.replicaRegion;
  if (keys.length === 0)
    return [{ urn: region.platform.urn, promised: "a key of the stack's own", found: "no KMS key below the platform", fix: "deploy the program whole" }];
  return keys.flatMap((key) => {
    const replicas = stack.ofType("aws:kms/replicaKey:ReplicaKey").filter((replica) => replica.references("primaryKeyArn").includes(key.urn));
    const there = replicas.filter(({ data }) => data.region === other);
    return [
      ...mustBe(key, "multiRegion", true),
      ...(other !== null && there.length === 0
        ? [{ urn: key.urn, promised: `the same key in ${other}`, found: "no ReplicaKey of it there", fix: `make an aws.kms.ReplicaKey of it in ${other}` }]
        : there.flatMap((replica) => mustBe(replica, "enabled", true))),
    ];
  });
}
