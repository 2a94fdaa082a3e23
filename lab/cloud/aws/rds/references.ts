import type { Reference } from "../../model";
import * as types from "../types";

/** A DB subnet group by name. */
export const subnetGroup = (): Reference => ({
  to: [{ type: types.DB_SUBNET_GROUP, by: "name" }],
  code: "DBSubnetGroupNotFoundFault",
  message: (name) => `DB subnet group '${name}' does not exist.`,
  whenTargetGoes: {
    code: "InvalidDBSubnetGroupStateFault",
    message: (name) => `Cannot delete the subnet group '${name}' because at least one database is still using it.`,
  },
});

const parameters = (noun: string, type: string, members: string): Reference => ({
  to: [{ type, by: "name" }],
  code: `${noun}NotFound`,
  message: (name) => `${noun} not found: ${name}`,
  accepts: isDefaultGroup,
  whenTargetGoes: {
    code: "InvalidDBParameterGroupState",
    message: (name) => `One or more database ${members} are still members of this parameter group ${name}, so the group cannot be deleted`,
  },
});

/** A DB parameter group by name, or one of AWS's default groups. */
export const parameterGroup = (): Reference => parameters("DBParameterGroup", types.DB_PARAMETER_GROUP, "instances");

/** A DB cluster parameter group by name, or one of AWS's default groups. */
export const clusterParameterGroup = (): Reference => parameters("DBClusterParameterGroup", types.DB_CLUSTER_PARAMETER_GROUP, "clusters");

/** A DB cluster by its identifier; it cannot be deleted before its instances. */
export const cluster = (): Reference => ({
  to: [{ type: types.DB_CLUSTER, by: "id" }],
  code: "DBClusterNotFoundFault",
  message: (id) => `DBCluster ${id} not found.`,
  whenTargetGoes: { code: "InvalidDBClusterStateFault", message: () => "Cluster cannot be deleted, it still contains DB instances in non-deleting state." },
});

function isDefaultGroup(name: string): boolean {
  return /^default\.(aurora-)?postgres(ql)?\d+$/.test(name);
}
