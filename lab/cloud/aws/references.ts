import type { Reference } from "../model";
import type { Cloud } from "./cloud";
import * as types from "./types";

type Going = Reference["whenTargetGoes"];

const dependency = (noun: string): Going => ({ code: "DependencyViolation", message: (id) => `The ${noun} '${id}' has dependencies and cannot be deleted.` });

const found = (code: string, message: (value: string) => string, type: string, by: string[], whenTargetGoes: Going): Reference => ({
  to: by.map((property) => ({ type, by: property })),
  code,
  message,
  whenTargetGoes,
});

/** A VPC by id; it cannot be deleted while the holder exists, unless told otherwise. */
export const vpc = (going: Going = dependency("vpc")): Reference =>
  found("InvalidVpcID.NotFound", (id) => `The vpc ID '${id}' does not exist`, types.VPC, ["id"], going);

/** A subnet by id. */
export const subnet = (going: Going = dependency("subnet")): Reference =>
  found("InvalidSubnetID.NotFound", (id) => `The subnet ID '${id}' does not exist`, types.SUBNET, ["id"], going);

/** A route table by id, a VPC's main one included. */
export const routeTable = (going: Going): Reference => ({
  ...found("InvalidRouteTableID.NotFound", (id) => `The routeTable ID '${id}' does not exist`, types.ROUTE_TABLE, ["id"], going),
  to: [
    { type: types.ROUTE_TABLE, by: "id" },
    { type: types.VPC, by: "mainRouteTableId" },
  ],
});

export const routeTableInUse: Going = dependency("routeTable");

/** A security group by id, a VPC's default one included. */
export const securityGroup = (going: Going = { code: "DependencyViolation", message: (id) => `resource ${id} has a dependent object` }): Reference => ({
  ...found("InvalidGroup.NotFound", (id) => `The security group '${id}' does not exist`, types.SECURITY_GROUP, ["id"], going),
  to: [
    { type: types.SECURITY_GROUP, by: "id" },
    { type: types.VPC, by: "defaultSecurityGroupId" },
  ],
});

/** An internet gateway by id, or the word `local`. */
export const gateway = (): Reference => ({
  ...found("InvalidGatewayID.NotFound", (id) => `The gateway ID '${id}' does not exist`, types.INTERNET_GATEWAY, ["id"], "nothing"),
  accepts: (value) => value === "local",
});

export const natGateway = (): Reference => found("NatGatewayNotFound", (id) => `NAT gateway ${id} was not found`, types.NAT_GATEWAY, ["id"], "nothing");

/** An Elastic IP by its allocation id. It cannot be released while the holder exists. */
export const allocation = (): Reference =>
  found("InvalidAllocationID.NotFound", (id) => `The allocation ID '${id}' does not exist`, types.EIP, ["id"], {
    code: "InvalidIPAddress.InUse",
    message: (id) => `Address with allocation ID ${id} is in use.`,
  });

export const instance = (going: Going): Reference =>
  found("InvalidInstanceID.NotFound", (id) => `The instance ID '${id}' does not exist`, types.INSTANCE, ["id"], going);

export const volume = (): Reference =>
  found("InvalidVolume.NotFound", (id) => `The volume '${id}' does not exist.`, types.VOLUME, ["id"], {
    code: "VolumeInUse",
    message: (id) => `Volume ${id} is currently attached`,
  });

/** A KMS key by id, ARN or an alias. A key can always be scheduled for deletion. */
export const key = (code = "NotFoundException"): Reference => ({
  to: [
    { type: types.KEY, by: "keyId" },
    { type: types.KEY, by: "arn" },
    { type: types.REPLICA_KEY, by: "keyId" },
    { type: types.REPLICA_KEY, by: "arn" },
    { type: types.ALIAS, by: "name" },
    { type: types.ALIAS, by: "arn" },
  ],
  code,
  message: (value) => `Invalid keyId ${value}: the key does not exist in this region or is pending deletion`,
  accepts: (value) => /(^|:)alias\/aws\/[a-z0-9-]+$/.test(value),
  whenTargetGoes: "nothing",
});

/** True when a key of this id, ARN or alias is in the region of the cloud that is given: for keys of another region than the holder's. */
export function keyExists(there: Cloud, named: string): boolean {
  const reference = key();
  return reference.accepts?.(named) === true || reference.to.some(({ type, by }) => there.by(type, by, named) !== undefined);
}

/** A role by name, with the reason why it cannot be deleted while the holder exists. */
export const roleByName = (conflict: string): Reference =>
  found("NoSuchEntity", (name) => `The role with name ${name} cannot be found.`, types.ROLE, ["name"], { code: "DeleteConflict", message: () => conflict });

/** A role by ARN, used by a service. */
export const roleByArn = (code: string): Reference =>
  found(code, (arn) => `The role ${arn} does not exist or cannot be assumed`, types.ROLE, ["arn"], "nothing");

/** A health check of Route 53 by id. It can be deleted while a record or another check counts on it. */
export const healthCheck = (code: string): Reference =>
  found(code, (id) => `No health check exists with the specified ID ${id}`, types.HEALTH_CHECK, ["id"], "nothing");

/** A peering connection by id, of the requester's region or the accepter's. */
export const peering = (going: Going): Reference => ({
  ...found("InvalidVpcPeeringConnectionID.NotFound", (id) => `The vpcPeeringConnection ID '${id}' does not exist`, types.PEERING, ["id"], going),
  anywhere: true,
});

/** A bucket by name; what is set on it goes with it. */
export const bucket = (): Reference => found("NoSuchBucket", (name) => `The specified bucket does not exist: ${name}`, types.BUCKET, ["bucket"], "goesToo");

/** A launch template by id or name. Deleting it does not touch its instances. */
export const launchTemplate = (by: "id" | "name"): Reference =>
  found(
    by === "id" ? "InvalidLaunchTemplateId.NotFound" : "InvalidLaunchTemplateName.NotFoundException",
    (value) => `The specified launch template, with template ${by === "id" ? "ID" : "name"} ${value}, does not exist.`,
    types.LAUNCH_TEMPLATE,
    [by],
    "nothing",
  );

/** A placement group by name. */
export const placementGroup = (): Reference =>
  found("InvalidPlacementGroup.Unknown", (name) => `The placement group '${name}' is unknown.`, types.PLACEMENT_GROUP, ["name"], {
    code: "InvalidPlacementGroup.InUse",
    message: (id) => `The placement group '${id}' is in use and may not be deleted.`,
  });

/** A target group by ARN. */
export const targetGroup = (going: Going): Reference =>
  found("TargetGroupNotFound", (arn) => `Target groups '${arn}' not found`, types.TARGET_GROUP, ["arn"], going);

/** An Auto Scaling group by name; what is set on it goes with it. */
export const autoscalingGroup = (): Reference =>
  found("ValidationError", (name) => `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`, types.AUTOSCALING_GROUP, ["name"], "goesToo");
