import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { lagAlarm } from "../../blueprint/regions";
import { Component } from "../component";
import type { ManagedBlueprint } from "../../blueprint/types";
import type { Side } from "./side";

const { periodSeconds } = lagAlarm;
const mostLagMilliseconds = lagAlarm.mostLagSeconds * 1000;

/** Rings when the second region's database is further behind than what may be lost. */
export class LagAlarm extends Component {
  public readonly arn: pulumi.Output<string>;

  public constructor(name: string, { blueprint, provider }: Side<ManagedBlueprint>, opts: pulumi.ComponentResourceOptions) {
    super("ha:regions:LagAlarm", name, opts);
    const { names, database } = blueprint;
    const alarm = new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        name: `${names.prefix}-database-lag`,
        alarmDescription: `the database of ${names.prefix} is more than ${String(mostLagMilliseconds / 1000)} s behind the first region's`,
        namespace: "AWS/RDS",
        metricName: "AuroraGlobalDBReplicationLag",
        dimensions: { DBClusterIdentifier: database.identifier },
        statistic: "Maximum",
        period: periodSeconds,
        evaluationPeriods: lagAlarm.periods,
        threshold: mostLagMilliseconds,
        comparisonOperator: "GreaterThanThreshold",
        // A database that says nothing of its lag may be any time behind.
        treatMissingData: "breaching",
      },
      { parent: this, provider },
    );
    this.arn = alarm.arn;
    this.publish({ mostLagMilliseconds, periodSeconds });
  }
}
