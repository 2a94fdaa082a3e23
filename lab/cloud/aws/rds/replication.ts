import { isOn, integerAt, mustText, textAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { DB_INSTANCE } from "../types";
import { clusterByArn, globalOf, regionOfArn } from "./membership";
import type { Engine } from "./versions";

/** Refuses a source of replication that does not exist, keeps no backups, or cannot be copied like this. */
export function checkSource(inputs: Properties, engine: Engine, cloud: Cloud): void {
  const arn = textAt(inputs, "replicationSourceIdentifier");
  if (arn === undefined || arn === "") {
    if (inputs["sourceRegion"] !== undefined) throw combination("SourceRegion is for a cluster that replicates another one");
    return;
  }
  const region = textAt(inputs, "sourceRegion");
  if (region !== undefined && region !== regionOfArn(arn)) throw new Refusal("InvalidParameterValue", `The source ${arn} is not in ${region}`);
  const source = arn.includes(":cluster:") ? clusterProperties(arn, inputs, engine, cloud) : instanceProperties(arn, cloud);
  const encrypted = isOn(source, "storageEncrypted");
  if (encrypted && regionOfArn(arn) !== cloud.region && inputs["kmsKeyId"] === undefined)
    throw combination(`Source cluster ${arn} is encrypted; pass a valid KMS key ID (which belongs to the current region)`);
}

// Aurora PostgreSQL copies a cluster to another region by a global cluster only; a Multi-AZ DB cluster copies instances.
function clusterProperties(arn: string, inputs: Properties, engine: Engine, cloud: Cloud): Properties {
  const source = clusterByArn(cloud, arn);
  if (source === undefined) throw new Refusal("DBClusterNotFoundFault", `DBCluster ${arn} not found.`);
  const global = globalOf(cloud, arn);
  if (engine === "aurora-postgresql" && (global === undefined || global.id !== inputs["globalClusterIdentifier"]))
    throw new Refusal("InvalidParameterValue", `Aurora PostgreSQL replicates the cluster ${arn} through a global cluster only`);
  if (source.properties["engine"] !== engine) throw combination(`The source cluster has the engine ${mustText(source.properties, "engine")}, not ${engine}`);
  return source.properties;
}

function instanceProperties(arn: string, cloud: Cloud): Properties {
  const source = cloud.record.all(DB_INSTANCE).find((one) => one.properties["arn"] === arn);
  if (source === undefined) throw new Refusal("DBInstanceNotFound", `DBInstance ${arn} not found.`);
  if (integerAt(source.properties, "backupRetentionPeriod") === 0)
    throw new Refusal(
      "InvalidDBInstanceState",
      "Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.",
    );
  return source.properties;
}

function combination(message: string): Refusal {
  return new Refusal("InvalidParameterCombination", message);
}
