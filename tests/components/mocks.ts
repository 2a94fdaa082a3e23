import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../../blueprint/types";
import { Platform } from "../../components/platform";
import { regionProvider } from "../../components/provider";
import { renderHosts } from "../../hosts";

/** A resource as the program registered it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** Registers the whole platform under mocks and gives every resource. Proves what the program asks for, not what AWS accepts. */
export async function registered(blueprint: Blueprint): Promise<Registered[]> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const given = inputs as Record<string, unknown>;
        resources.push({ type, name, inputs: given });
        return { id: `${name}-id`, state: { arn: `arn:aws:x:us-east-1:1:${name}`, publicIp: "203.0.113.10", ...given } };
      },
      call: ({ token }) => {
        throw new Error(`the program calls ${token}: a preview would need credentials`);
      },
    },
    "ar-io-bundler-ha",
    blueprint.stack,
    true,
  );
  new Platform("p", { blueprint, rendered: renderHosts(blueprint) }, { providers: [regionProvider(blueprint)] });
  await pulumi.runtime.disconnect();
  return resources;
}
