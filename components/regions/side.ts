import type * as pulumi from "@pulumi/pulumi";
import type { Blueprint, RegionPair, SelfHostedBlueprint } from "../../blueprint/types";
import type { Platform } from "../platform";

/** One region's side: what should be there, what is, and its provider. */
export interface Side<B extends Blueprint = Blueprint> {
  blueprint: B;
  platform: Platform;
  provider: pulumi.ProviderResource;
}

export interface RegionsArgs<B extends Blueprint = Blueprint> {
  primary: Side<B>;
  standby: Side<B>;
}

/** What a region knows of the other. Throws where there is one region. */
export function pairOf({ pair, stack }: SelfHostedBlueprint): RegionPair {
  if (pair === null) throw new Error(`regions: stack ${stack} has one region, needed two`);
  return pair;
}
