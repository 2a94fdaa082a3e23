import type { Bucket } from "../../../blueprint/types";
import { differences, missing } from "../../comparison";
import { mustBe } from "../../mustBe";
import { ownPair, type PairedRegion } from "../../pair";
import { rule, type Violation } from "../../rule";
import { bucketNamed, settingsOf } from "../../stack/data";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

/** What has to be Enabled of the rule that copies a bucket, and what is missing in the other region without it. */
const parts: Record<string, string> = {
  deleteMarkerReplication: "what was deleted here would be back there",
  "sourceSelectionCriteria.sseKmsEncryptedObjects": "S3 skips what the stack's key encrypts, which is everything",
  "sourceSelectionCriteria.replicaModifications": "what is changed on a copy would not come back",
  "destination.replicationTime": "nothing promises a time",
  "destination.metrics": "nobody sees what is late",
};

export const objectsReplicated = rule({
  name: "objects-replicated",
  group: "data",
  description:
    "at level 3 each data bucket is copied to the other region, whole and in both directions: by S3 encrypted and within minutes, or by MinIO whose two sites are of one program, have the same buckets, and know each other by names that their certificate has",
  why: "A lost region takes with it every object that was not copied; the metrics are what tells before.",
  limits: { minutes: { what: "minutes in which an object is copied", stricter: "lower", of: () => 15 } },
  judge: (stack, { minutes }) => [
    ...judgeSites(stack),
    ...stack.regions.flatMap(({ blueprint: { objects } }) =>
      objects.buckets.flatMap(({ name, replica }) => (replica === null || objects.kind === "minio" ? [] : judgeBucket(stack, { name, replica }, minutes))),
    ),
  ],
});

/** MinIO's two sites, which copy by themselves once they are joined: whether they can be. */
function judgeSites(stack: Stack): Violation[] {
  const regions = ownPair(stack);
  if (regions === null || regions.every(({ blueprint }) => blueprint.objects.kind === "s3")) return [];
  const [one, other] = regions.map(({ region }) => region.ofType("ha:objects:Minio")[0]);
  if (one === undefined || other === undefined)
    return regions.flatMap(({ region }, index) => ([one, other][index] === undefined ? [missing(region, "MinIO, as the other region has it")] : []));
  const [own, there] = [one.text("sites.own"), one.text("sites.other")];
  return [
    ...differences(other, "the second region's MinIO", [
      ["name of its own site", there, other.text("sites.own")],
      ["name of the first region's site", own, other.text("sites.other")],
      ["buckets, whose names MinIO's sites have in common", one.at("buckets"), other.at("buckets")],
      ["program, of which MinIO wants one version", one.text("program"), other.text("program")],
    ]),
    ...differences(one, "the first region's MinIO", [["a name of its own", true, own !== there]]),
    ...judgeNames(stack, regions[0], [own, there]),
  ];
}

function judgeNames(stack: Stack, { region }: PairedRegion, sites: string[]): Violation[] {
  const requests = stack.ofType("tls:index/certRequest:CertRequest").filter((request) => request.at("subject.commonName") === "tls-objects");
  if (requests.length === 0) return [missing(region, "a certificate of MinIO's hosts")];
  return requests.flatMap((request) => {
    const names = request.list("dnsNames");
    return differences(request, "the certificate of MinIO's hosts", [["the sites' names in it", sites, sites.filter((name) => names.includes(name))]]);
  });
}

function judgeBucket(stack: Stack, { name, replica }: Pick<Bucket, "name"> & { replica: string }, minutes: number): Violation[] {
  const [bucket, target] = [bucketNamed(stack, name), bucketNamed(stack, replica)];
  const promised = `${name} is copied to ${replica}`;
  const fix = "deploy the program whole: it copies each region's buckets to the other's";
  const uncopied = (found: string): Violation[] => [{ urn: bucket?.urn ?? null, promised, found, fix }];
  if (bucket === undefined || target === undefined) return uncopied(`no bucket ${bucket === undefined ? name : replica} in the stack`);
  const [config] = settingsOf(stack, bucket, "aws:s3/bucketReplicationConfig:BucketReplicationConfig");
  if (config === undefined) return uncopied("no BucketReplicationConfig of it in the stack");
  const index = config.list("rules").findIndex((_, at) => config.at(`rules.${String(at)}.status`) === "Enabled" && isWhole(config, `rules.${String(at)}`));
  if (index < 0) return [{ urn: config.urn, promised, found: "no enabled rule of the whole bucket", fix }];
  const path = `rules.${String(index)}`;
  return [
    ...Object.entries(parts).flatMap(([part, without]) =>
      mustBe(config, `${path}.${part}.status`, "Enabled").map((violation) => ({ ...violation, found: `${violation.found}: ${without}` })),
    ),
    ...["replicationTime.time", "metrics.eventThreshold"].flatMap((part) => late(config, `${path}.destination.${part}.minutes`, minutes)),
    ...(config.has(`${path}.destination.encryptionConfiguration.replicaKmsKeyId`)
      ? []
      : [{ urn: config.urn, promised: `${promised}, encrypted with the key there`, found: "no key for the copies", fix }]),
    ...(goesTo(config, `${path}.destination.bucket`, target) ? [] : [{ urn: config.urn, promised, found: "its copies go elsewhere", fix }]),
  ];
}

function isWhole(config: Item, path: string): boolean {
  if (!config.has(`${path}.filter`)) return true;
  const filter = Object.keys(config.at(`${path}.filter`) as object);
  return filter.every((key) => key === "prefix") && (config.at(`${path}.filter.prefix`) ?? "") === "";
}

function late(config: Item, path: string, minutes: number): Violation[] {
  const found = config.number(path);
  if (found <= minutes) return [];
  return [{ urn: config.urn, promised: `${path} of at most ${String(minutes)}`, found: String(found), fix: `set it to ${String(minutes)}` }];
}

function goesTo(config: Item, path: string, target: Item): boolean {
  return config.knows(path) ? config.text(path) === target.text("arn") : config.references("rules").includes(target.urn);
}
