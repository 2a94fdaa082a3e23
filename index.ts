import * as pulumi from "@pulumi/pulumi";
import { makeBlueprint } from "./blueprint";
import { Platform } from "./components/platform";
import { regionProvider } from "./components/provider";
import { faultsAsRunErrors } from "./components/runError";
import { ownConfig, parseSettings } from "./config/settings";
import { makeExports } from "./exports/make";
import { renderHosts } from "./hosts";

// Everything that can be wrong with the stack file is said here, before the first resource exists.
const { blueprint, rendered } = faultsAsRunErrors(() => {
  const plan = makeBlueprint(parseSettings(ownConfig(pulumi.runtime.allConfig()), pulumi.getStack()));
  return { blueprint: plan, rendered: renderHosts(plan) };
});

const platform = new Platform(`bundler-${blueprint.stack}`, { blueprint, rendered }, { providers: [regionProvider(blueprint)] });

const exported = pulumi
  .output({
    publicAddresses: platform.publicAddresses,
    canonicalName: platform.canonicalName,
    endpoints: platform.endpoints,
    instanceIds: Object.fromEntries(platform.instanceIds),
    secretArns: platform.secrets.arnsByName(),
  })
  .apply((deployed) => makeExports(blueprint, deployed));

/** Changes when a consumer of these exports has to change. */
export const contractVersion = exported.contractVersion;
/** Where clients go. */
export const endpoint = exported.endpoint;
/** Every host: name, role, zone, address. */
export const hosts = exported.hosts;
/** Every group of machines: name, role, zones, least and most. */
export const groups = exported.groups;
/** How to run each of the application's processes. */
export const processes = exported.processes;
/** What the application connects to, and operators' endpoints. */
export const services = exported.services;
/** Secrets Manager containers; never a value. */
export const secrets = exported.secrets;
/** What the promise is computed from. */
export const facts = exported.facts;
