import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import { Component } from "../component";
import { pairOf, type RegionsArgs, type Side } from "./side";

/** Of own hosts: an alarm in each region, since one in a region that is lost does not ring. Whoever takes writes tells both. */
export class OwnLagAlarms extends Component {
  public readonly arns: pulumi.Output<string>[];

  public constructor(
    private readonly name: string,
    { primary, standby }: RegionsArgs<SelfHostedBlueprint>,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:regions:OwnLagAlarms", name, opts);
    this.arns = [primary, standby].map((side) => this.alarm(side));
    this.publish({ ...pairOf(primary.blueprint).lag });
  }

  private alarm({ blueprint, provider }: Side<SelfHostedBlueprint>): pulumi.Output<string> {
    const { names, site } = blueprint;
    const { metric, periodSeconds, periods, mostLagSeconds } = pairOf(blueprint).lag;
    const made = new cloudwatch.MetricAlarm(
      `${this.name}-${site}-alarm`,
      {
        name: `${names.prefix}-database-lag`,
        alarmDescription: `the waiting region's database is more than ${String(mostLagSeconds)} s behind, or nobody says how far`,
        metricQueries: [
          {
            id: "said",
            metric: {
              namespace: metric.namespace,
              metricName: metric.metric,
              dimensions: { [metric.dimension.Name]: metric.dimension.Value },
              stat: "Maximum",
              period: periodSeconds,
            },
          },
          // CloudWatch goes on judging what was said last for some more periods; a period of silence counts as one behind.
          { id: "lag", expression: `FILL(said, ${String(periodSeconds)})`, label: "seconds behind", returnData: true },
        ],
        evaluationPeriods: periods,
        threshold: mostLagSeconds,
        comparisonOperator: "GreaterThanThreshold",
        // Nothing can be filled where nothing was ever said.
        treatMissingData: "breaching",
      },
      { parent: this, provider },
    );
    return made.arn;
  }
}
