import * as pulumi from "@pulumi/pulumi";
import type { Blueprint, Bucket, HostRole } from "../blueprint/types";
import { app } from "./app";
import { Component } from "./component";
import type { GlobalDatabase } from "./database";
import { edge, type Edge } from "./edge";
import { PublicZone } from "./edge/public-zone";
import type { AnyFoundation, Foundation } from "./host/foundation";
import { Endpoints } from "./network/endpoints";
import { FlowLogs } from "./network/flow-logs";
import { InternalZone } from "./network/internal-zone";
import { SecurityGroups } from "./network/security-groups";
import { Vpc } from "./network/vpc";
import type { KeptBucket } from "./objects/s3";
import { Key, type Standby } from "./secrets/key";
import { Secrets } from "./secrets/secrets";
import { replicated, type SecretSource } from "./secrets/source";
import { stores } from "./stores";

export interface PlatformArgs {
  blueprint: Blueprint;
  /** Files and user data of each host and group by name. */
  rendered: Foundation["rendered"];
  /** The second region, to which the first one's keys and secrets are copied; null below level 3 and in the second region. */
  standby: Standby | null;
  /** The first region, of which the second has the keys, the secrets and the database; null in the first. */
  first: Platform | null;
}

/** Every role of one region. */
export class Platform extends Component {
  public readonly publicAddresses: pulumi.Output<string[]>;
  public readonly canonicalName: pulumi.Output<string | null>;
  /** Name servers of the public zone that the stack has made; none where it has made none. */
  public readonly nameServers: pulumi.Output<string[]>;
  /** AWS's names of managed services; empty for own hosts. */
  public readonly endpoints: Record<"redis" | "database", Record<string, pulumi.Output<string>>>;
  public readonly instanceIds: Map<string, pulumi.Output<string>>;
  public readonly secrets: SecretSource;
  public readonly keyArn: pulumi.Output<string>;
  public readonly accountId: pulumi.Output<string>;
  public readonly vpc: Vpc;
  public readonly publicZoneId: pulumi.Output<string> | null;
  public readonly front: Edge;
  public readonly globalDatabase: GlobalDatabase | null;
  public readonly buckets: ReadonlyMap<Bucket["purpose"], KeptBucket>;
  public readonly groupArns: ReadonlyMap<HostRole, pulumi.Output<string>>;
  private readonly replicaKeyArn: pulumi.Output<string> | null;

  public constructor(name: string, { blueprint, rendered, standby, first }: PlatformArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:platform:Platform", name, opts);
    const vpc = new Vpc(`${name}-network`, { blueprint }, { parent: this });
    const key = first === null ? new Key(`${name}-key`, { blueprint, accountId: vpc.accountId, standby }, { parent: this }) : null;
    this.replicaKeyArn = key?.replicaArn ?? null;
    this.keyArn = keyOf(key, first);
    this.accountId = vpc.accountId;
    this.vpc = vpc;
    const { keyArn } = this;
    new FlowLogs(`${name}-flow-logs`, { blueprint, vpcId: vpc.id, keyArn }, { parent: this });
    const securityGroups = new SecurityGroups(`${name}-sg`, { blueprint, vpcId: vpc.id }, { parent: this });
    new Endpoints(`${name}-endpoints`, { blueprint, vpc, securityGroups }, { parent: this });
    this.secrets =
      first === null
        ? new Secrets(`${name}-secrets`, { blueprint, keyArn, replicaKeyArn: this.replicaKeyArn }, { parent: this })
        : replicated(first.secrets, blueprint.region);
    const zone = first === null ? PublicZone.of(`${name}-zone`, { blueprint }, { parent: this }) : null;
    this.publicZoneId = zone?.id ?? first?.publicZoneId ?? null;
    this.nameServers = zone?.nameServers ?? pulumi.output([]);
    const common = { rendered, vpc, securityGroups, secrets: this.secrets, keyArn, publicZoneId: this.publicZoneId };
    const foundationOf = (one: Blueprint): AnyFoundation =>
      one.hosting === "managed"
        ? {
            ...common,
            blueprint: one,
            internalZone: new InternalZone(`${name}-names`, { blueprint: one, vpcId: vpc.id }, { parent: this }),
            globalDatabase: first?.globalDatabase?.id ?? null,
          }
        : { ...common, blueprint: one };
    const foundation = foundationOf(blueprint);
    const used = stores(name, foundation, null, { parent: this });
    const { beside } = blueprint;
    const shared = beside?.objects.kind === blueprint.objects.kind ? used.objects : null;
    const other = beside === null ? null : stores(name, foundationOf(beside), shared, { parent: this });
    // The application's hosts copy objects from one store to the other.
    const objects = [...new Set([used.objects, other?.objects ?? used.objects])].flatMap(({ applicationStatements }) => applicationStatements);
    this.front = edge(`${name}-edge`, foundation, { parent: this });
    const application = app(`${name}-app`, foundation, objects, this.front, { parent: this });
    this.publicAddresses = this.front.publicAddresses;
    this.canonicalName = pulumi.output(this.front.canonicalName);
    this.endpoints = { redis: used.redis.endpoints, database: used.database.endpoints };
    this.globalDatabase = used.database.global;
    this.buckets = used.objects.buckets;
    this.groupArns = application.groupArns;
    this.instanceIds = new Map([used.redis, used.database, used.objects, application, this.front].flatMap((role) => [...role.instanceIds]));
    this.publish({
      site: blueprint.site,
      level: blueprint.level,
      hosting: blueprint.hosting,
      storesBeside: beside?.hosting ?? null,
      region: blueprint.region,
      zones: blueprint.network.zones.map((one) => one.name),
      domain: blueprint.domain,
      // All that the promise is computed from; policies hold it against the resources below.
      blueprint,
    });
  }

  /** The first region's key in the second. Throws below level 3. */
  public get keyInSecondRegion(): pulumi.Output<string> {
    if (this.replicaKeyArn === null) throw new Error("platform: asked for the second region's key, and the stack has one region");
    return this.replicaKeyArn;
  }
}

function keyOf(own: Key | null, first: Platform | null): pulumi.Output<string> {
  if (own !== null) return own.arn;
  if (first === null) throw new Error("platform: given neither a key of its own nor a first region's");
  return first.keyInSecondRegion;
}
