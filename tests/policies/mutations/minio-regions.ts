import type { Mutation } from "../mutation";

const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const minio = "ha:objects:Minio";

/** Two regions of own hosts whose objects are in MinIO. The stack is made by tests/engine/regions.test.ts. */
export const minioRegionMutations: readonly Omit<Mutation, "stack">[] = [
  {
    what: "the second region's site goes by the first one's name",
    type: minio,
    name: "level3-b-objects",
    change: { property: "sites.own", value: "objects-primary" },
    caughtBy: "objects-replicated",
    alsoBy: ["components-as-promised"],
  },
  {
    what: "the first region's site knows no other",
    type: minio,
    name: "level3-objects",
    change: { property: "sites.other", value: "objects-elsewhere" },
    caughtBy: "objects-replicated",
    alsoBy: ["components-as-promised"],
  },
  {
    what: "the second region's buckets have names of their own",
    type: minio,
    name: "level3-b-objects",
    change: { property: "buckets.0", value: "another-bucket" },
    caughtBy: "objects-replicated",
  },
  {
    what: "the second region has another version of MinIO",
    type: minio,
    name: "level3-b-objects",
    change: { property: "program", value: "d".repeat(64) },
    caughtBy: "objects-replicated",
  },
  {
    what: "the certificate lacks a site's name, and each site refuses the other",
    type: "tls:index/certRequest:CertRequest",
    name: "tls-objects-request",
    change: { property: "dnsNames", value: ["minio-1", "objects-primary", "localhost"] },
    caughtBy: "objects-replicated",
  },
  {
    what: "MinIO's hosts have a certificate of another hand",
    type: "tls:index/certRequest:CertRequest",
    name: "tls-objects-request",
    change: { removed: true },
    caughtBy: "objects-replicated",
  },
  {
    what: "a MinIO host of the other region is not let in",
    type: ingress,
    name: "level3-b-sg-other-minio-2-to-objects-9000",
    change: { removed: true },
    caughtBy: "security-rules-as-promised",
  },
  {
    what: "the whole other region reaches MinIO",
    type: ingress,
    name: "level3-sg-other-minio-1-to-objects-9000",
    change: { property: "cidrIpv4", value: "10.21.0.0/16" },
    caughtBy: "data-admits-only-groups",
    alsoBy: ["security-rules-as-promised"],
  },
  {
    what: "a database host of the other region reaches MinIO",
    type: ingress,
    name: "level3-sg-other-minio-3-to-objects-9000",
    change: { property: "cidrIpv4", value: "10.21.128.31/32" },
    caughtBy: "data-admits-only-groups",
    alsoBy: ["security-rules-as-promised"],
  },
  {
    what: "the second region's MinIO does not survive its zone",
    type: "ha:platform:Platform",
    name: "bundler-level3-b",
    change: { property: "blueprint.objects.minio.parity", value: 3 },
    caughtBy: "minio-survives-a-zone",
    alsoBy: ["components-as-promised", "files-as-promised"],
  },
  {
    what: "the first region's hosts know another site than there is",
    type: "ha:platform:Platform",
    name: "bundler-level3",
    change: { property: "blueprint.objects.minio.sites.other", value: "objects-elsewhere" },
    caughtBy: "objectives-kept",
    alsoBy: ["components-as-promised", "files-as-promised"],
  },
];
