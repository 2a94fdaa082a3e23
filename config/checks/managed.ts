import type { Fault } from "../fault";
import type { Key, Settings } from "../keys";
import type { Check } from "./check";

/** Families whose cores are lent for credits. */
const burst = /^(db|cache)\.t\d/;
/** What Aurora PostgreSQL runs on (AuroraUserGuide, supported DB instance classes): memory-optimised classes, and burst ones for tests. */
const auroraClass = /^db\.(r\d|x\d|t[34]g?\.)/;
/** What a Multi-AZ cluster of RDS runs on: classes with disks of their own, of c6gd, and of the newer m and r families (RDS user guide, Multi-AZ DB cluster instance classes). */
const clusterClass = /^db\.(m5d|m6gd|m6id|m6idn|r5d|r6gd|r6id|r6idn|c6gd|x2iedn)\./;

/** Whether the stack has managed services: in use, or beside own hosts while data move. */
function hasManaged({ hosting, hostingMove }: Pick<Settings, "hosting" | "hostingMove">): boolean {
  return hosting === "managed" || hostingMove !== null;
}

const needed: Check = {
  reads: ["hosting", "hostingMove", "certificateArn", "databaseCaUrl", "databaseCaSha256"],
  find(settings) {
    if (!hasManaged(settings)) return [];
    const what: Partial<Record<Key, string>> = {
      certificateArn: "the ARN of the domain's certificate in ACM",
      databaseCaUrl: "where hosts fetch the region's RDS authorities",
      databaseCaSha256: "the SHA-256 of that file",
    };
    return (["certificateArn", "databaseCaUrl", "databaseCaSha256"] as const)
      .filter((key) => settings[key] === null)
      .map((key): Fault => ({
        key,
        given: "nothing",
        needed: `${what[key] ?? ""}, with ${settings.hosting === "managed" ? "hosting managed" : "hostingMove"}`,
        fix: "set it, or use hosting selfHosted",
      }));
  },
};

const certificateRegion: Check = {
  reads: ["hosting", "hostingMove", "certificateArn", "region"],
  find({ certificateArn, region, ...settings }) {
    if (!hasManaged(settings) || certificateArn === null || certificateArn.split(":")[3] === region) return [];
    return [
      { key: "certificateArn", given: certificateArn, needed: `a certificate of ${region}`, fix: "a load balancer takes certificates of its own region only" },
    ];
  },
};

const objects: Check = {
  reads: ["hosting", "hostingMove", "objectStore"],
  find({ hosting, hostingMove, objectStore }) {
    // While data move from own hosts, it says where those have their objects.
    if (hosting !== "managed" || hostingMove !== null || objectStore === "s3") return [];
    return [{ key: "objectStore", given: objectStore, needed: "s3, with hosting managed", fix: "MinIO runs on own hosts: use hosting selfHosted" }];
  },
};

const groups: Check = {
  reads: ["hosting", "apiHosts", "apiMaxHosts", "workerHosts", "workerMaxHosts"],
  find(settings) {
    return (["api", "worker"] as const)
      .filter((role) => settings[`${role}MaxHosts`] < settings[`${role}Hosts`])
      .map((role): Fault => ({
        key: `${role}MaxHosts`,
        given: String(settings[`${role}MaxHosts`]),
        needed: `at least ${role}Hosts ${settings[`${role}Hosts`]}`,
        fix: "a group cannot be smaller at the most than at the least",
      }));
  },
};

const databaseClassOffered: Check = {
  reads: ["hosting", "hostingMove", "level", "managedDatabase", "databaseInstanceClass"],
  find({ level, managedDatabase, databaseInstanceClass: given, ...settings }) {
    if (!hasManaged(settings)) return [];
    const fault = (what: string, fix: string): Fault[] => [{ key: "databaseInstanceClass", given, needed: what, fix }];
    if (level > 1 && burst.test(given)) return fault(`at level ${level} a class without CPU credits, such as db.r7g.large`, "burst classes are for level 1");
    if (managedDatabase === "aurora" && !auroraClass.test(given))
      return fault("a class that Aurora offers, such as db.r7g.large", "or use managedDatabase rdsInstance");
    if (managedDatabase === "rdsCluster" && !clusterClass.test(given))
      return fault("a class that Multi-AZ clusters offer, such as db.m6gd.large", "or use managedDatabase rdsInstance or aurora");
    return [];
  },
};

const cacheNodes: readonly Check[] = (["cacheNodeType", "queuesNodeType"] as const).map((key) => ({
  reads: ["hosting", "hostingMove", "level", key],
  find(settings: Settings): Fault[] {
    if (!hasManaged(settings) || settings.level === 1 || !burst.test(settings[key])) return [];
    return [
      {
        key,
        given: settings[key],
        needed: `at level ${settings.level} a type without CPU credits, such as cache.m7g.large`,
        fix: "burst types are for level 1",
      },
    ];
  },
}));

const move: Check = {
  reads: ["hosting", "level", "managedDatabase", "databaseMove"],
  find({ hosting, level, managedDatabase, databaseMove }) {
    if (databaseMove === null) return [];
    const fault = (needed: string, fix: string): Fault[] => [{ key: "databaseMove", given: databaseMove, needed, fix }];
    if (hosting !== "managed") return fault("nothing, with hosting selfHosted", "only a managed database can follow an RDS instance");
    if (managedDatabase === "rdsInstance") return fault("another managedDatabase than rdsInstance", "set managedDatabase to where the data moves");
    if (level > 2) return fault("nothing, at level 3", "move the data at level 2 first, then go to level 3");
    return [];
  },
};

/** What managed hosting needs, and what AWS would refuse or could not promise on. */
export const managedChecks: readonly Check[] = [needed, certificateRegion, objects, groups, databaseClassOffered, move, ...cacheNodes];
