import * as pulumi from "@pulumi/pulumi";
import { makePlan } from "./blueprint";
import { deploy, deployed } from "./components/deployment";
import { faultsAsRunErrors } from "./components/runError";
import { ownConfig, parseSettings } from "./config/settings";
import { makeExports } from "./exports/make";
import { renderHosts } from "./hosts";
import { promisedCost } from "./sla/cost";

// Everything that can be wrong with the stack file is said here, before the first resource exists.
const { plan, rendered } = faultsAsRunErrors(() => {
  const wanted = makePlan(parseSettings(ownConfig(pulumi.runtime.allConfig()), pulumi.getStack()));
  return { plan: wanted, rendered: { primary: renderHosts(wanted.primary), standby: wanted.standby === null ? null : renderHosts(wanted.standby) } };
});

const platforms = deploy(plan, rendered);
const cost = promisedCost(platforms.resources, plan.primary.region);
const exported = deployed(platforms).apply((known) => makeExports(plan, known, cost));

/** Changes when a consumer of these exports has to change. */
export const contractVersion = exported.contractVersion;
/** Where clients go. */
export const endpoint = exported.endpoint;
/** Every host: name, role, zone, address. */
export const hosts = exported.hosts;
/** Every group of machines: name, role, zones, least and most. */
export const groups = exported.groups;
/** The second region, which waits; null below level 3. */
export const standby = exported.standby;
/** How to run each of the application's processes. */
export const processes = exported.processes;
/** What the application connects to, and operators' endpoints. */
export const services = exported.services;
/** Secrets Manager containers; never a value. */
export const secrets = exported.secrets;
/** What the promise is computed from. */
export const facts = exported.facts;
/** What the stack promises, computed from the plan. An Output has a `promise` of its own, so this one is not lifted. */
export const promise = exported.apply((all) => all.promise);
