import assert from "node:assert/strict";
import type { Blueprint } from "../../blueprint/types";
import { Platform } from "../../components/platform";
import { regionProvider } from "../../components/provider";
import { renderHosts } from "../../hosts";
import { idOf, plain, startMocks, type Registered, type When } from "./monitor";

/** The resources of a platform, with questions that tests ask of them. */
export class Deployment {
  public constructor(
    public readonly blueprint: Blueprint,
    public readonly resources: readonly Registered[],
  ) {}

  public ofType(type: string): Registered[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resource with this logical name, and type where two have it. Fails unless there is exactly one. */
  public named(name: string, type?: string): Registered {
    const [found, ...others] = this.resources.filter((resource) => resource.name === name && (type === undefined || resource.type === type));
    assert.ok(found !== undefined && others.length === 0, `${name}: ${found === undefined ? "no resource" : "several resources"} of this name`);
    return found;
  }

  /** The resource with this id. Fails when there is none. */
  public withId(id: unknown): Registered {
    const found = this.resources.find((resource) => idOf(resource.type, resource.name) === id);
    assert.ok(found, `no resource has the id ${JSON.stringify(id)}`);
    return found;
  }

  /** Inputs of a resource, as the provider gets them. */
  public inputs(resource: Registered): Record<string, unknown> {
    return plain(resource.inputs) as Record<string, unknown>;
  }

  public parentOf(resource: Registered): Registered | undefined {
    return this.resources.find((other) => other.urn === resource.parent);
  }

  public childrenOf(parent: Registered, type: string): Registered[] {
    return this.ofType(type).filter((resource) => resource.parent === parent.urn);
  }

  /** How many resources there are of each type, sorted. */
  public counts(): Record<string, number> {
    const types = this.resources.map((resource) => resource.type).sort();
    return types.reduce<Record<string, number>>((sums, type) => ({ ...sums, [type]: (sums[type] ?? 0) + 1 }), {});
  }
}

/** Deployments that tests only read, so that each is made once. */
const made = new Map<string, Promise<Deployment>>();

/** A blueprint deployed against the mocks. They prove what the program asks for, not that AWS accepts it. */
export async function deployed(blueprint: Blueprint, when: When = "deployed"): Promise<Deployment> {
  const key = `${when} ${JSON.stringify(blueprint)}`;
  const deployment = made.get(key) ?? deploy(blueprint, when);
  made.set(key, deployment);
  return deployment;
}

async function deploy(blueprint: Blueprint, when: When): Promise<Deployment> {
  const rendered = renderHosts(blueprint);
  const finished = startMocks(when, blueprint.stack);
  new Platform(`bundler-${blueprint.stack}`, { blueprint, rendered, standby: null, first: null }, { providers: [regionProvider(blueprint)] });
  return new Deployment(blueprint, await finished());
}

/** Permissions in a policy, each as `effect action resource`, sorted. */
export function permissions(document: unknown): string[] {
  const { Statement } = JSON.parse(document as string) as { Statement: { Effect: string; Action: string[]; Resource: string[] }[] };
  return Statement.flatMap(({ Effect, Action, Resource }) => Action.flatMap((action) => Resource.map((resource) => `${Effect} ${action} ${resource}`))).sort();
}
