import { isOn, mustText, objectsAt, textAt, type Properties } from "../properties";
import type { Resource } from "../record";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import * as refer from "./references";
import { regions } from "./regions";
import { SECRET, SECRET_VERSION } from "./types";

/** The secret of another region whose replica has this name here, if any. */
export function replicaHolding(cloud: Cloud, name: string): Resource | undefined {
  return cloud.record.all(SECRET).find((one) => one.properties["name"] === name && regionsOf(one.properties).includes(cloud.region));
}

function regionsOf(secret: Properties): string[] {
  return objectsAt(secret, "replicas").map((replica) => mustText(replica, "region"));
}

/**
 * Judges the replicas that are new in these inputs and answers all of them as AWS lists them. AWS itself accepts a replica
 * whose name is taken or whose key is of another region, and reports it as Failed afterwards; that is refused here.
 */
export function replicate(inputs: Properties, cloud: Cloud, before: Properties): Properties[] {
  const replicas = objectsAt(inputs, "replicas");
  const wanted = regionsOf(inputs);
  if (new Set(wanted).size !== wanted.length) throw new Refusal("InvalidParameterException", "You can't specify a Region for replication twice.");
  const old = new Map(objectsAt(before, "replicas").map((replica) => [mustText(replica, "region"), replica]));
  const added = replicas.filter((replica) => {
    const known = old.get(mustText(replica, "region"));
    const key = textAt(replica, "kmsKeyId");
    return known === undefined || (key !== undefined && key !== textAt(known, "kmsKeyId"));
  });
  for (const replica of added) requirePlace(replica, cloud);
  const fresh = added.filter((replica) => !old.has(mustText(replica, "region"))).map((replica) => cloud.in(mustText(replica, "region")));
  const name = mustText(inputs, "name");
  if (isOn(inputs, "forceOverwriteReplicaSecret")) {
    const steps = fresh.map((there) => overwrite(there, name));
    for (const step of steps) step();
  } else for (const there of fresh) requireFreeName(there, name);
  return replicas.map((replica) => ({ kmsKeyId: "alias/aws/secretsmanager", ...replica, status: "InSync", statusMessage: "" }));
}

function requirePlace(replica: Properties, cloud: Cloud): void {
  const region = mustText(replica, "region");
  if (region === cloud.region || !regions().includes(region))
    throw new Refusal("InvalidParameterException", `Invalid replica region ${region}: expected another region than the secret's own, and one that exists.`);
  const key = textAt(replica, "kmsKeyId");
  if (key !== undefined && !refer.keyExists(cloud.in(region), key))
    throw new Refusal("InvalidParameterException", `Invalid kmsKeyId ${key}: expected a key of the replica's region, ${region}`);
}

function requireFreeName(there: Cloud, name: string): void {
  if (there.by(SECRET, "name", name) !== undefined || replicaHolding(there, name) !== undefined)
    throw new Refusal("ResourceExistsException", `A secret with the name ${name} already exists in ${there.region}.`);
  if (there.record.holderOf(SECRET, there.region, name, there.now) !== undefined)
    throw new Refusal("InvalidRequestException", `A secret with the name ${name} is scheduled for deletion in ${there.region}.`);
}

// What AWS writes over when it is told to: a secret of that name, unless it has replicas itself.
function overwrite(there: Cloud, name: string): () => void {
  const taken = there.by(SECRET, "name", name);
  if (taken === undefined) return () => undefined;
  if (objectsAt(taken.properties, "replicas").length > 0)
    throw new Refusal("InvalidRequestException", `The secret ${name} of ${there.region} is replicated itself.`);
  return () => {
    for (const version of there.all(SECRET_VERSION).filter((one) => one.properties["secretArn"] === taken.id)) there.record.remove(version);
    there.record.remove(taken);
  };
}
