import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../blueprint/types";
import { app } from "./app";
import { Component } from "./component";
import { database } from "./database";
import { edge } from "./edge";
import type { AnyFoundation, Foundation } from "./host/foundation";
import { Endpoints } from "./network/endpoints";
import { FlowLogs } from "./network/flow-logs";
import { InternalZone } from "./network/internal-zone";
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
  public readonly canonicalName: pulumi.Output<string | null>;
  /** AWS's names of managed services; empty for own hosts. */
  public readonly endpoints: Record<"redis" | "database", Record<string, pulumi.Output<string>>>;
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
    const common = { rendered, vpc, securityGroups, secrets, keyArn };
    const foundation: AnyFoundation =
      blueprint.hosting === "managed"
        ? { ...common, blueprint, internalZone: new InternalZone(`${name}-names`, { blueprint, vpcId: vpc.id }, { parent: this }) }
        : { ...common, blueprint };
    const objects = objectStore(`${name}-objects`, foundation, { parent: this });
    const data = [redis(`${name}-redis`, foundation, { parent: this }), database(`${name}-database`, foundation, { parent: this })] as const;
    const front = edge(`${name}-edge`, foundation, { parent: this });
    const roles = [...data, objects, app(`${name}-app`, foundation, objects, front, { parent: this })];
    this.publicAddresses = front.publicAddresses;
    this.canonicalName = pulumi.output(front.canonicalName);
    this.endpoints = { redis: data[0].endpoints, database: data[1].endpoints };
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
