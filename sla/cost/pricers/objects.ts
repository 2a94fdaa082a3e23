import { charge, type Pricer } from "../subject";
import type { Charge } from "../charge";
import type { Subject } from "../subject";

/** Names end so, and with the site's suffix in a second region. */
const dataBucket = /-raw-data-items(-b)?$/;
const accessLogBucket = /-access-logs(-b)?$/;
/** The application never writes the second bucket (app-contract: a fallback for reads), and the programs are some KiB. */
const nearlyEmptyBucket = /-(backup-data-items|programs)(-b)?$/;

export const objectPricers: Record<string, Pricer> = {
  "aws:s3/bucket:Bucket": (subject) => {
    const name = subject.text("bucket");
    if (nearlyEmptyBucket.test(name)) return [];
    if (accessLogBucket.test(name)) return [charge("monitoring", "s3Storage", subject.amount("accessLogGib"))];
    if (!dataBucket.test(name)) subject.fault("bucket", name, "a bucket whose contents sla/cost/pricers/objects.ts knows", "say there what it holds");
    return [
      charge("objects", "s3Storage", subject.amount("storedGib")),
      charge("objects", "s3Archive", subject.amount("oldVersionsGib")),
      charge("objects", "s3Put", subject.amount("putThousands")),
      charge("objects", "s3Get", subject.amount("getThousands")),
    ];
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": (subject) => subject.list("rules").flatMap((_, index) => copied(subject, index)),
};

/** What a rule copies, when it is of the bucket that has something: told by its name, since the bucket's is known to AWS only. */
function copied(subject: Subject, index: number): Charge[] {
  const { name } = subject.resource;
  if (name.endsWith("-backup")) return [];
  if (!name.endsWith("-data")) subject.fault("name", name, "one that ends in -data or -backup", "say in sla/cost/pricers/objects.ts what its bucket holds");
  const gib = subject.amount("newObjectsGib");
  return [
    charge("regions", "otherRegion", gib),
    charge("regions", "s3Put", subject.amount("putThousands")),
    ...(timeControl(subject, index) ? [charge("regions", "s3TimeControl", gib)] : []),
  ];
}

function timeControl(subject: Subject, index: number): boolean {
  const path = ["rules", index, "destination", "replicationTime"];
  return subject.property(...path) !== undefined && subject.text(...path, "status") === "Enabled";
}
