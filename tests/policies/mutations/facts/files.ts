import type { Mutation } from "../../mutation";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const platform = "ha:platform:Platform";

/** What machines boot with. */
export const files: readonly Mutation[] = [
  {
    what: "the platform says a shorter lease than its database hosts are told",
    stack: "level1-selfHosted",
    type: platform,
    name: "bundler-level1",
    change: { property: "blueprint.database.patroni.loopWaitSeconds", value: 2 },
    caughtBy: "files-as-promised",
    alsoBy: ["components-as-promised"],
  },
  {
    what: "the platform says a faster check than its edge hosts are told",
    stack: "level2-selfHosted",
    type: platform,
    name: "bundler-level2",
    change: { property: "blueprint.edge.http.checkIntervalMilliseconds", value: 500 },
    caughtBy: "files-as-promised",
    alsoBy: ["components-as-promised"],
  },
  {
    what: "the platform says a shorter lease of payment-workers than its machines are told",
    stack: "level2-managed",
    type: platform,
    name: "bundler-level2",
    change: { property: "blueprint.singleton.leaseSeconds", value: 12 },
    caughtBy: "files-as-promised",
    alsoBy: ["components-as-promised"],
  },
  {
    what: "a host boots with a script of somebody's",
    stack: "level1-selfHosted",
    type: template,
    name: "redis-1-template",
    change: { property: "userData", value: "IyEvYmluL3NoCg==" },
    caughtBy: "files-as-promised",
  },
  {
    what: "a group of the second region boots with nothing",
    stack: "level3-managed",
    type: template,
    name: "-b-app-worker-template",
    change: { property: "userData" },
    caughtBy: "files-as-promised",
  },
  {
    what: "a host boots an old version of its template",
    stack: "level2-selfHosted",
    type: instance,
    name: "db-3-instance",
    change: { property: "launchTemplate.version", value: "3" },
    caughtBy: "files-as-promised",
  },
  {
    what: "a host boots from another role's template",
    stack: "level1-selfHosted",
    type: instance,
    name: "worker-1-instance",
    change: { reference: "launchTemplate", type: template, to: "worker-2-template" },
    caughtBy: "files-as-promised",
  },
  {
    what: "the archive of programs is another",
    stack: "level1-managed",
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "programs-archive",
    change: { property: "contentBase64", value: "IyEvYmluL3NoCg==" },
    caughtBy: "programs-as-promised",
  },
  {
    what: "the second region has no archive of programs",
    stack: "level3-managed",
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "-b-app-programs-archive",
    change: { removed: true },
    caughtBy: "programs-as-promised",
  },
  {
    what: "the archive of programs lies in another bucket",
    stack: "level2-managed",
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "programs-archive",
    change: { reference: "bucket", type: "aws:s3/bucket:Bucket", to: "objects-data" },
    caughtBy: "programs-as-promised",
  },
];
