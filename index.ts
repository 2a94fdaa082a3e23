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
  .all([platform.publicAddresses, pulumi.all(Object.fromEntries(platform.instanceIds)), pulumi.all(platform.secrets.arnsByName())])
  .apply(([publicAddresses, instanceIds, secretArns]) => makeExports(blueprint, { publicAddresses, instanceIds, secretArns }));

/** Changes when a consumer of these exports has to change. */
export const contractVersion = exported.contractVersion;
/** Where clients go. */
export const endpoint = exported.endpoint;
/** Every host: name, role, zone, address. */
export const hosts = exported.hosts;
/** How to run each of the application's processes. */
export const processes = exported.processes;
/** What the application connects to, and operators' endpoints. */
export const services = exported.services;
/** Secrets Manager containers; never a value. */
export const secrets = exported.secrets;
/** What the promise is computed from. */
export const facts = exported.facts;
