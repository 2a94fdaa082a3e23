import type * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../../blueprint/types";
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
