import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "../blueprint";
import type { CostResource } from "../sla/cost";
import type { Foundation } from "./host/foundation";
import { hostingInUse } from "./hosting";
import { Inventory } from "./inventory";
import { Platform } from "./platform";
import { regionProvider } from "./provider";
import { Regions } from "./regions/regions";

/** The platforms of a stack: one, and at level 3 a second that waits. */
export interface Platforms {
  primary: Platform;
  standby: Platform | null;
  /** Everything that was registered, as plain data: what the cost is computed from. */
  resources: CostResource[];
}

interface Rendered {
  primary: Foundation["rendered"];
  standby: Foundation["rendered"] | null;
}

/** Registers everything. */
export function deploy(plan: Plan, rendered: Rendered): Platforms {
  const name = `bundler-${plan.primary.stack}`;
  const provider = regionProvider(plan.primary);
  const regions = new Map([[provider, plan.primary.region]]);
  const inventory = new Inventory(regions);
  const transformations = [inventory.transformation];
  const dependsOn = [hostingInUse(name, plan.primary, transformations)];
  if (plan.standby === null || rendered.standby === null) {
    const opts = { providers: [provider], dependsOn, transformations };
    const only = new Platform(name, { blueprint: plan.primary, rendered: rendered.primary, standby: null, first: null }, opts);
    return { primary: only, standby: null, resources: inventory.resources() };
  }
  const second = regionProvider(plan.standby);
  regions.set(second, plan.standby.region);
  const here = { providers: [provider], dependsOn, transformations };
  const copies = { region: plan.standby.region, prefix: plan.standby.names.prefix, provider: second };
  const primary = new Platform(name, { blueprint: plan.primary, rendered: rendered.primary, standby: copies, first: null }, here);
  const there = { providers: [second], transformations };
  const standby = new Platform(`${name}-b`, { blueprint: plan.standby, rendered: rendered.standby, standby: null, first: primary }, there);
  new Regions(
    `${name}-regions`,
    {
      primary: { blueprint: plan.primary, platform: primary, provider },
      standby: { blueprint: plan.standby, platform: standby, provider: second },
    },
    here,
  );
  return { primary, standby, resources: inventory.resources() };
}

/** What only the engine knows, once it knows it: `null` for a second region that there is not. */
export function deployed({ primary, standby }: Pick<Platforms, "primary" | "standby">) {
  return pulumi.output({ primary: ofPlatform(primary), standby: standby === null ? null : ofPlatform(standby) });
}

function ofPlatform(platform: Platform) {
  return {
    publicAddresses: platform.publicAddresses,
    canonicalName: platform.canonicalName,
    nameServers: platform.nameServers,
    endpoints: platform.endpoints,
    instanceIds: Object.fromEntries(platform.instanceIds),
    secretArns: platform.secrets.arnsByName(),
  };
}
