import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as iam from "@pulumi/aws/iam";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { regionSwitch } from "../../blueprint/regions";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import { Component } from "../component";
import { permits, rolePolicy, type Grant } from "../grant";
import { assumableBy, type Statement } from "../policy-document";
import { parameterArns } from "./parameter";
import { pairOf, type RegionsArgs, type Side } from "./side";

const program = readFileSync(join(__dirname, "take_over.py"), "utf8");

const { functionSeconds: timeoutSeconds } = regionSwitch;

/**
 * Who takes writes, for own hosts: a parameter in each region, which their database hosts look at, and a function in each
 * region that writes both. AWS runs it, so that a switch needs nobody's login on a host.
 */
export class TakeOver extends Component {
  /** The function of each region. */
  public readonly functionArns: pulumi.Output<string>[];

  public constructor(
    private readonly name: string,
    { primary, standby }: RegionsArgs<SelfHostedBlueprint>,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:regions:TakeOver", name, opts);
    const sides = [primary, standby];
    for (const { blueprint, provider } of sides)
      new ssm.Parameter(
        `${name}-${blueprint.site}-writer`,
        {
          name: pairOf(blueprint).parameter,
          type: "String",
          description: "which site takes writes: primary or standby; of both regions' parameters the one written last counts (docs/operations.md)",
          value: primary.blueprint.site,
        },
        // It is an operator's, or the plan's, from then on.
        { parent: this, provider, ignoreChanges: ["value"] },
      );
    this.functionArns = sides.map((side) => this.takeOver(side));
    this.publish({
      parameter: pairOf(primary.blueprint).parameter,
      regions: sides.map(({ blueprint }) => blueprint.region),
      timeoutSeconds,
      permits: permits(sides.flatMap(grants)),
      trusts: ["lambda.amazonaws.com"],
    });
  }

  private takeOver(side: Side<SelfHostedBlueprint>): pulumi.Output<string> {
    const { blueprint, platform, provider } = side;
    const { site, region, names, domain } = blueprint;
    const pair = pairOf(blueprint);
    const regions = [region, pair.other.region];
    const role = new iam.Role(
      `${this.name}-${site}-role`,
      { name: `${names.prefix}-take-over`, assumeRolePolicy: assumableBy("lambda.amazonaws.com") },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      `${this.name}-${site}-policy`,
      {
        role: role.id,
        policy: rolePolicy(grants(side)),
      },
      { parent: this },
    );
    const made = new LambdaFunction(
      `${this.name}-${site}`,
      {
        name: `${names.prefix}-take-over`,
        description: `lets ${region} take the writes of ${domain}`,
        role: role.arn,
        runtime: "python3.13",
        handler: "index.handler",
        code: new pulumi.asset.AssetArchive({ "index.py": new pulumi.asset.StringAsset(program) }),
        timeout: timeoutSeconds,
        environment: {
          variables: {
            PARAMETER: pair.parameter,
            SITE: site,
            REGIONS: regions.join(","),
            ADDRESSES: platform.publicAddresses.apply((addresses) => addresses.join(",")),
            DOMAIN: domain,
            PATH: pair.path,
          },
        },
      },
      { parent: this, provider, dependsOn: [policy] },
    );
    return made.arn;
  }
}

/** What the function of a region needs: to say who takes writes, in both regions, and to log. */
function grants({ blueprint, platform }: Side<SelfHostedBlueprint>): Grant[] {
  const { region, names } = blueprint;
  const pair = pairOf(blueprint);
  return [
    { actions: ["ssm:PutParameter"], resources: platform.accountId.apply((account) => parameterArns(pair, [region, pair.other.region], account)) },
    {
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: platform.accountId.apply((account) => [`arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${names.prefix}-take-over*`]),
    },
  ];
}

/** What the plan's own role needs to start it. */
export function takeOverStatements(sides: readonly Side[], account: string): Statement[] {
  return [
    {
      actions: ["lambda:GetFunction", "lambda:InvokeFunction"],
      resources: sides.map(({ blueprint: { region, names } }) => `arn:aws:lambda:${region}:${account}:function:${names.prefix}-take-over`),
    },
  ];
}
