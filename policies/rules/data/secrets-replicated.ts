import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

export const secretsReplicated = rule({
  name: "secrets-replicated",
  group: "data",
  description: "at level 3 each secret of the first region is copied to the second",
  why: "Hosts of the second region wait for their secrets: without the wallet no upload is signed there, whatever else has moved.",
  judge: (stack) =>
    stack.regions.flatMap(({ blueprint }) => {
      const { replicaRegion } = blueprint.secrets;
      if (replicaRegion === null) return [];
      return stack
        .ofType("aws:secretsmanager/secret:Secret")
        .filter(({ data }) => data.region === blueprint.region)
        .flatMap((secret) => missing(secret, replicaRegion));
    }),
});

function missing(secret: Item, region: string): Violation[] {
  const regions = secret.has("replicas") ? secret.list("replicas").map((_, index) => secret.text(`replicas.${String(index)}.region`)) : [];
  if (regions.includes(region)) return [];
  return [
    {
      urn: secret.urn,
      promised: `a copy in ${region}`,
      found: regions.length === 0 ? "no copy" : `copies in ${regions.join(", ")}`,
      fix: `give it a replica in ${region}, with the key there`,
    },
  ];
}
