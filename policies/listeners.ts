import { paired } from "./comparison";
import type { Violation } from "./rule";
import type { Item } from "./stack/item";
import type { Region, Stack } from "./stack/stack";

export const balancerType = "aws:lb/loadBalancer:LoadBalancer";

/** The listeners of a load balancer. */
export function listenersOf(stack: Stack, balancer: Item): Item[] {
  return stack.ofType("aws:lb/listener:Listener").filter((listener) => listener.references("loadBalancerArn").includes(balancer.urn));
}

/** A violation for each port at which a load balancer does not listen, and for each at which it should not. */
export function portFaults(stack: Stack, region: Region, balancer: Item, ports: readonly number[]): Violation[] {
  return paired(region, `listener of ${balancer.text("name")} at port`, ports, String, listenersOf(stack, balancer), (listener) =>
    String(listener.number("port")),
  ).violations;
}
