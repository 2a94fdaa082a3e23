import { regionSwitch } from "../../blueprint/regions";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import type { Switch } from "./region-switch";
import type { Side } from "./side";
import { takeOverStatements, type TakeOver } from "./take-over";

/** How a region of own hosts takes over: it is said so, and its database, its workers and the way of clients follow by themselves. */
export function ownSwitch(sides: readonly Side<SelfHostedBlueprint>[], { functionArns }: TakeOver): Switch {
  return {
    steps: [
      {
        name: "take-over",
        description: "the region is to take writes: the other one hands over in good order when it can be reached, and is left when it cannot",
        executionBlockType: "CustomActionLambda",
        customActionLambdaConfigs: [
          {
            lambdas: functionArns.map((arn) => ({ arn })),
            regionToRun: "activatingRegion",
            retryIntervalMinutes: regionSwitch.functionRetryMinutes,
            timeoutMinutes: regionSwitch.functionMinutes,
          },
        ],
      },
    ],
    // ARC looks at the alarms of the lag; their descriptions know no resources.
    statements: (account) => [...takeOverStatements(sides, account), { actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] }],
  };
}
