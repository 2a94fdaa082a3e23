import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "../blueprint";
import type { Foundation } from "./host/foundation";
import { Platform } from "./platform";
import { regionProvider } from "./provider";
import { Regions } from "./regions/regions";

/** The platforms of a stack: one, and at level 3 a second that waits. */
export interface Platforms {
  primary: Platform;
  standby: Platform | null;
}

interface Rendered {
  primary: Foundation["rendered"];
  standby: Foundation["rendered"] | null;
}

/** Registers everything. */
export function deploy(plan: Plan, rendered: Rendered): Platforms {
  const name = `bundler-${plan.primary.stack}`;
  const provider = regionProvider(plan.primary);
  if (plan.standby === null || rendered.standby === null)
    return {
      primary: new Platform(name, { blueprint: plan.primary, rendered: rendered.primary, standby: null, first: null }, { providers: [provider] }),
      standby: null,
    };
  const second = regionProvider(plan.standby);
  const copies = { region: plan.standby.region, prefix: plan.standby.names.prefix, provider: second };
  const primary = new Platform(name, { blueprint: plan.primary, rendered: rendered.primary, standby: copies, first: null }, { providers: [provider] });
  const standby = new Platform(`${name}-b`, { blueprint: plan.standby, rendered: rendered.standby, standby: null, first: primary }, { providers: [second] });
  new Regions(
    `${name}-regions`,
    {
      primary: { blueprint: plan.primary, platform: primary, provider },
      standby: { blueprint: plan.standby, platform: standby, provider: second },
    },
    { providers: [provider] },
  );
  return { primary, standby };
}

/** What only the engine knows, once it knows it: `null` for a second region that there is not. */
export function deployed({ primary, standby }: Platforms) {
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
