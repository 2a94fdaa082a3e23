import * as pulumi from "@pulumi/pulumi";
import { autoScalingName } from "../../blueprint/managed/autoScaling";
import { regionSwitch } from "../../blueprint/regions";
import type { ManagedBlueprint } from "../../blueprint/types";
import type { Statement } from "../policy-document";
import type { Step, Switch } from "./region-switch";
import type { Side } from "./side";

type ManagedSide = Side<ManagedBlueprint>;

const { databaseMinutes, groupMinutes } = regionSwitch;

/** How a managed region takes over: its database becomes the writer, then its API grows and its workers start. */
export function managedSwitch(sides: readonly ManagedSide[]): Switch {
  return { steps: steps(sides), statements: (account) => statements(sides, account) };
}

/** The same steps in either direction: of each thing, ARC takes the one in the region that is activated. */
function steps(sides: readonly ManagedSide[]): Step[] {
  const [first] = sides;
  const global = first?.platform.globalDatabase;
  if (first === undefined || global === undefined || global === null) throw new Error("region switch: the stack has no database over both regions");
  const clusters = sides.map(({ platform }) => platform.globalDatabase?.clusterArn).filter((arn) => arn !== undefined);
  return [
    {
      name: "database",
      description: "the other region's database becomes the writer: in good order when it can, and by force when the first region is gone",
      executionBlockType: "AuroraGlobalDatabase",
      globalAuroraConfigs: [
        {
          behavior: "switchoverOnly",
          globalClusterIdentifier: global.id,
          databaseClusterArns: clusters,
          timeoutMinutes: databaseMinutes,
          ungracefuls: [{ ungraceful: "failover" }],
        },
      ],
    },
    ...(["api", "worker"] as const).map((role): Step => ({
      name: role === "api" ? "api" : "workers",
      description: role === "api" ? "as many API hosts as the other region had" : "workers, which are fenced off until the database here takes writes",
      executionBlockType: "EC2AutoScaling",
      ec2AsgCapacityIncreaseConfigs: [
        {
          asgs: sides.map(({ platform }) => ({ arn: groupArn(platform.groupArns.get(role), role) })),
          targetPercent: 100,
          capacityMonitoringApproach: "sampledMaxInLast24Hours",
          timeoutMinutes: groupMinutes,
          ungraceful: { minimumSuccessPercentage: 50 },
        },
      ],
    })),
  ];
}

function groupArn(arn: pulumi.Output<string> | undefined, role: string): pulumi.Output<string> {
  if (arn === undefined) throw new Error(`region switch: a region has no group of ${role} machines`);
  return arn;
}

function statements(sides: readonly ManagedSide[], account: string): Statement[] {
  const [first] = sides;
  const global = `arn:aws:rds::${account}:global-cluster:${first?.blueprint.database.global ?? ""}`;
  const clusters = sides.map(({ blueprint }) => `arn:aws:rds:${blueprint.region}:${account}:cluster:${blueprint.database.identifier}`);
  const groups = sides.flatMap(({ blueprint }) =>
    blueprint.groups.map(
      (group) => `arn:aws:autoscaling:${blueprint.region}:${account}:autoScalingGroup:*:autoScalingGroupName/${autoScalingName(blueprint, group)}`,
    ),
  );
  return [
    { actions: ["rds:FailoverGlobalCluster", "rds:SwitchoverGlobalCluster"], resources: [global, ...clusters] },
    { actions: ["autoscaling:UpdateAutoScalingGroup"], resources: groups },
    // Descriptions and metrics know no resources.
    {
      actions: [
        "rds:DescribeGlobalClusters",
        "rds:DescribeDBClusters",
        "autoscaling:DescribeAutoScalingGroups",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:DescribeAlarms",
      ],
      resources: ["*"],
    },
  ];
}
