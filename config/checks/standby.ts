import { cidrOf, overlap } from "../cidr";
import { erasureLayout, survivesZone } from "../erasure";
import { shown, type Fault } from "../fault";
import type { Key, Settings } from "../keys";
import { standbySettings } from "../sites";
import type { Check } from "./check";
import { roomFaults } from "./network";

const needed: Check = {
  reads: ["level", "hosting", "standbyRegion", "standbyCertificateArn"],
  find(settings) {
    if (settings.level < 3) return [];
    const what: Partial<Record<Key, string>> = {
      standbyRegion: "a second region",
      standbyCertificateArn: "the ARN of the domain's certificate in the second region",
    };
    const keys = ["standbyRegion", ...(settings.hosting === "managed" ? (["standbyCertificateArn"] as const) : [])] as const;
    return keys
      .filter((key) => settings[key] === null)
      .map((key): Fault => ({ key, given: "nothing", needed: `${what[key] ?? ""}, at level 3`, fix: "set it, or use level 2" }));
  },
};

/** A question that is asked at level 3 only, when the second region is known. */
function atLevel3(reads: readonly Key[], find: (settings: Settings & { standbyRegion: string }) => Fault[]): Check {
  return {
    reads: ["level", "standbyRegion", ...reads],
    find: (settings) => (settings.level < 3 || settings.standbyRegion === null ? [] : find({ ...settings, standbyRegion: settings.standbyRegion })),
  };
}

const another = atLevel3(["region"], ({ region, standbyRegion }) =>
  region === standbyRegion
    ? [{ key: "standbyRegion", given: standbyRegion, needed: "another region than region", fix: "a region is lost as a whole: choose a second one" }]
    : [],
);

const zones = atLevel3(["standbyZones"], ({ standbyZones, standbyRegion }) => {
  const own = standbyZones.filter((zone) => new RegExp(`^${standbyRegion}[a-z]$`).test(zone));
  if (own.length === standbyZones.length && new Set(own).size === own.length && own.length >= 3 && own.length <= 4) return [];
  return [{ key: "standbyZones", given: shown(standbyZones), needed: `3 or 4 distinct zones of ${standbyRegion}`, fix: "name the second region's own zones" }];
});

const network = atLevel3(["vpcCidr", "standbyVpcCidr"], ({ vpcCidr, standbyVpcCidr }) =>
  overlap(cidrOf(vpcCidr), cidrOf(standbyVpcCidr))
    ? [{ key: "standbyVpcCidr", given: standbyVpcCidr, needed: `a network beside vpcCidr ${vpcCidr}`, fix: "networks that overlap can never be connected" }]
    : [],
);

const certificate = atLevel3(["standbyCertificateArn"], ({ standbyCertificateArn: given, standbyRegion }) =>
  given === null || given.split(":")[3] === standbyRegion
    ? []
    : [{ key: "standbyCertificateArn", given, needed: `a certificate of ${standbyRegion}`, fix: "a load balancer takes certificates of its own region only" }],
);

const database = atLevel3(["hosting", "managedDatabase"], ({ hosting, managedDatabase }) =>
  hosting !== "managed" || managedDatabase === "aurora"
    ? []
    : [{ key: "managedDatabase", given: managedDatabase, needed: "aurora, at level 3", fix: "only Aurora follows a primary in another region within seconds" }],
);

/** Longest domain of which bucket names with the second region's suffix are at most 63 characters. */
const longestDomain = 43;

const bucketNames = atLevel3(["domain"], ({ domain }) =>
  domain.length <= longestDomain
    ? []
    : [{ key: "domain", given: domain, needed: `at most ${longestDomain} characters, at level 3`, fix: "bucket names of the second region are made from it" }],
);

/** What two regions of own hosts can be made of. */
const ownHosts = atLevel3(["hosting", "traffic", "certificate"], ({ hosting, traffic, certificate: source }) => {
  if (hosting !== "selfHosted") return [];
  const faults: Fault[] = [];
  if (traffic === "globalAccelerator")
    faults.push({
      key: "traffic",
      given: traffic,
      needed: "route53, at level 3 with hosting selfHosted",
      fix: "an accelerator asks whether an edge answers, not whether its region takes writes",
    });
  if (source === "acme")
    faults.push({
      key: "certificate",
      given: source,
      needed: "secret, at level 3",
      fix: "the authority's challenge goes to one region, and the other's copy of the secret cannot be written: put the certificate into edge-certificate",
    });
  return faults;
});

/** The same MinIO hosts stand in the second region, over its own zones. */
const minioLayout = atLevel3(
  ["hosting", "objectStore", "standbyZones", "minioHosts", "minioDrivesPerHost", "minioParity"],
  ({ hosting, objectStore, standbyZones, minioHosts, minioDrivesPerHost, minioParity }) => {
    if (hosting !== "selfHosted" || objectStore !== "minio" || standbyZones.length === 0) return [];
    const found = erasureLayout(minioHosts, minioDrivesPerHost, minioParity, standbyZones.length);
    if (survivesZone(found)) return [];
    return [
      {
        key: "standbyZones",
        given: `${standbyZones.length} for ${minioHosts} MinIO hosts, with ${found.lostWithZone} of ${found.drives} drives in one zone`,
        needed: `${found.writeQuorum} drives left for writes when a zone of the second region is lost, not ${found.drives - found.lostWithZone}`,
        fix: "name as many zones as in the first region, or choose another layout: 6 hosts × 2 drives with EC:4 over 3 zones survives it",
      },
    ];
  },
);

/** The second region has as many database hosts as the first. */
const membersApart = atLevel3(["hosting", "databaseHosts", "standbyZones"], ({ hosting, databaseHosts, standbyZones }) =>
  hosting !== "selfHosted" || databaseHosts <= standbyZones.length
    ? []
    : [
        {
          key: "standbyZones",
          given: shown(standbyZones),
          needed: `a zone for each of ${String(databaseHosts)} databaseHosts`,
          fix: "name as many zones of the second region, or lower databaseHosts: two members of one zone may be lost together",
        },
      ],
);

/** The second region's networks are parts of its VPC; hosts with fixed addresses need room in each. */
const room = atLevel3(
  ["hosting", "standbyVpcCidr", "standbyZones", "edgeHosts", "standbyApiHosts", "workerHosts", "databaseHosts", "redisHosts", "objectStore", "minioHosts"],
  (settings) => {
    const second = settings.hosting === "selfHosted" ? standbySettings(settings) : null;
    const small = second === null ? [] : roomFaults(second);
    return small.slice(0, 1).map(({ given, needed: what }) => ({
      key: "standbyVpcCidr",
      given: settings.standbyVpcCidr,
      needed: `a network whose sixteenths (${given}) are ${what}`,
      fix: "give a larger network",
    }));
  },
);

/** What a second region needs. */
export const standbyChecks: readonly Check[] = [needed, another, zones, network, certificate, database, bucketNames, ownHosts, minioLayout, membersApart, room];
