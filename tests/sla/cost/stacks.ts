import type { Plan } from "../../../blueprint";
import { deploy } from "../../../components/deployment";
import { renderHosts } from "../../../hosts";
import { costOf, resourcesOfState, usualUsage, type Cost, type CostResource } from "../../../sla/cost";
import { plain, startMocks } from "../../components/monitor";
import { plans } from "../writeLevels";

/** A stack with what the program says that it registers, and what a state says. */
export interface Registration {
  name: string;
  servingRegion: string;
  ofProgram: CostResource[];
  ofState: CostResource[];
}

const made = new Map<string, Promise<Registration>>();

/** Every level with each hosting that is built, registered under mocks, once in this process. */
export async function registrations(): Promise<Registration[]> {
  const all: Registration[] = [];
  // One after the other: the mocks are the SDK's only engine.
  for (const [name, plan] of plans()) {
    const one = made.get(name) ?? register(name, plan);
    made.set(name, one);
    all.push(await one);
  }
  return all;
}

/** Their costs in the usual month, as the program itself would tell them. */
export async function pricedStacks(): Promise<{ name: string; cost: Cost }[]> {
  return (await registrations()).map(({ name, servingRegion, ofProgram }) => ({ name, cost: costOf(ofProgram, usualUsage(servingRegion)) }));
}

/** A plan registered under mocks. */
export async function register(name: string, plan: Plan): Promise<Registration> {
  const finished = startMocks("deployed", plan.primary.stack);
  const { resources } = deploy(plan, { primary: renderHosts(plan.primary), standby: plan.standby === null ? null : renderHosts(plan.standby) });
  const registered = await finished();
  const state = {
    deployment: {
      resources: registered.map(({ urn, type, custom, parent, provider, inputs }) => ({ urn, type, custom, parent, provider, inputs: plain(inputs) })),
    },
  };
  return { name, servingRegion: plan.primary.region, ofProgram: resources, ofState: resourcesOfState(state) };
}
