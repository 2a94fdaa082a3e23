import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../blueprint/types";
import { app } from "./app";
import { Component } from "./component";
import { database } from "./database";
import { edge } from "./edge";
import type { Foundation } from "./host/fleet";
import { Endpoints } from "./network/endpoints";
import { FlowLogs } from "./network/flow-logs";
import { SecurityGroups } from "./network/security-groups";
import { Vpc } from "./network/vpc";
import { objectStore } from "./objects";
import { redis } from "./redis";
import { Key } from "./secrets/key";
import { Secrets } from "./secrets/secrets";

export interface PlatformArgs {
  blueprint: Blueprint;
  /** Files and user data of each host by name. */
  rendered: Foundation["rendered"];
}

/** Every role of one region. */
export class Platform extends Component {
  public readonly publicAddresses: pulumi.Output<string[]>;
  public readonly instanceIds: Map<string, pulumi.Output<string>>;
  public readonly secrets: Secrets;

  public constructor(name: string, { blueprint, rendered }: PlatformArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:platform:Platform", name, opts);
    const vpc = new Vpc(`${name}-network`, { blueprint }, { parent: this });
    const keyArn = new Key(`${name}-key`, { blueprint, accountId: vpc.accountId }, { parent: this }).arn;
    new FlowLogs(`${name}-flow-logs`, { blueprint, vpcId: vpc.id, keyArn }, { parent: this });
    const securityGroups = new SecurityGroups(`${name}-sg`, { blueprint, vpcId: vpc.id }, { parent: this });
    new Endpoints(`${name}-endpoints`, { blueprint, vpc, securityGroups }, { parent: this });
    const secrets = new Secrets(`${name}-secrets`, { blueprint, keyArn }, { parent: this });
    const foundation: Foundation = { blueprint, rendered, vpc, securityGroups, secrets, keyArn };
    const objects = objectStore(`${name}-objects`, foundation, { parent: this });
    const roles = [
      redis(`${name}-redis`, foundation, { parent: this }),
      database(`${name}-database`, foundation, { parent: this }),
      objects,
      app(`${name}-app`, foundation, objects, { parent: this }),
    ];
    const front = edge(`${name}-edge`, foundation, { parent: this });
    this.publicAddresses = front.publicAddresses;
    this.instanceIds = new Map([...roles, front].flatMap((role) => [...role.instanceIds]));
    this.secrets = secrets;
    this.publish({
      level: blueprint.level,
      hosting: blueprint.hosting,
      region: blueprint.region,
      zones: blueprint.network.zones.map((zone) => zone.name),
      domain: blueprint.domain,
    });
  }
}
