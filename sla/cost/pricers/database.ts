import { charge, type Pricer, type Subject } from "../subject";
import { hoursOfMonth, type Charge } from "../charge";

const kibOfGib = 1024 ** 2;
const secondsOfMonth = hoursOfMonth * 3600;

/** What RDS runs. A Multi-AZ cluster of three (`dbClusterInstanceClass`) has no price here, and is a fault. */
export const databasePricers: Record<string, Pricer> = {
  "aws:rds/instance:Instance": (subject) => {
    subject.only("storageType", "gp3");
    subject.only("iops");
    const zones = subject.flag("multiAz") ? 2 : 1;
    const sizeGib = subject.number("allocatedStorage");
    return [
      { category: "database", price: { kind: "rds", type: subject.text("instanceClass") }, quantity: zones * hoursOfMonth },
      charge("database", "rdsStorage", zones * sizeGib),
      charge("backups", "rdsBackup", backupsBeyond(subject)),
      ...logs(subject),
      ...watched(subject),
    ];
  },
  "aws:rds/cluster:Cluster": (subject) => {
    if (subject.text("engine") !== "aurora-postgresql")
      subject.fault("engine", subject.property("engine"), "aurora-postgresql", "add the prices of the other engine to sla/cost");
    subject.only("dbClusterInstanceClass");
    subject.only("storageType", "aurora");
    subject.only("serverlessv2ScalingConfiguration");
    return [
      charge("database", "auroraStorage", subject.amount("databaseGib")),
      charge("database", "auroraIo", subject.amount("databaseIoMillions")),
      charge("backups", "auroraBackup", backupsBeyond(subject)),
      ...logs(subject),
    ];
  },
  "aws:rds/clusterInstance:ClusterInstance": (subject) => [
    { category: "database", price: { kind: "aurora", type: subject.text("instanceClass") }, quantity: hoursOfMonth },
    ...watched(subject),
  ],
  "aws:rds/globalCluster:GlobalCluster": (subject) => [
    charge("regions", "auroraReplicated", subject.amount("databaseWritesMillions")),
    charge("regions", "otherRegion", subject.amount("databaseToOtherRegionGib")),
  ],
};

/** As much as the database itself is free; beyond it are the changes of each day that is kept. */
function backupsBeyond(subject: Subject): number {
  return subject.amount("databaseGib") * subject.amount("databaseDailyChange") * subject.number("backupRetentionPeriod");
}

function logs(subject: Subject): Charge[] {
  return subject.listIfAny("enabledCloudwatchLogsExports").length > 0 ? [charge("monitoring", "logs", subject.amount("databaseLogGib"))] : [];
}

/** Enhanced Monitoring writes a document to the logs at each interval; Performance Insights are free for a week. */
function watched(subject: Subject): Charge[] {
  subject.only("databaseInsightsMode", "standard");
  if (subject.flag("performanceInsightsEnabled")) subject.only("performanceInsightsRetentionPeriod", 7);
  const interval = subject.property("monitoringInterval");
  if (interval === undefined || interval === 0) return [];
  const documents = (secondsOfMonth / subject.number("monitoringInterval")) * (subject.flag("multiAz") ? 2 : 1);
  return [charge("monitoring", "logs", (documents * subject.amount("monitoringDocumentKib")) / kibOfGib)];
}
