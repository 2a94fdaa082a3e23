import { z } from "zod";
import { balancerType } from "../../listeners";
import { mustBe } from "../../mustBe";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

/** TLS 1.2 and up. The `Ext` ones still take ciphers without forward secrecy (ELB user guide, "Security policies"). */
const modernPolicy = /^ELBSecurityPolicy-TLS13-1-[23]-(?!Ext)/;
const redirectToHttps = z.looseObject({ type: z.literal("redirect"), redirect: z.looseObject({ protocol: z.literal("HTTPS") }) });

export const tlsAtTheEdge = rule({
  name: "tls-at-the-edge",
  group: "security",
  description: "an application load balancer answers clients over TLS 1.2 or later, and plain HTTP only sends them there",
  why: "Uploads are paid with headers that whoever reads them can use; an old protocol lets somebody read.",
  judge: (stack) =>
    stack
      .ofType(balancerType)
      .filter((balancer) => balancer.text("loadBalancerType") === "application")
      .flatMap((balancer) => judgeBalancer(stack, balancer)),
});

function judgeBalancer(stack: Stack, balancer: Item): Violation[] {
  const listeners = stack.ofType("aws:lb/listener:Listener").filter((listener) => listener.references("loadBalancerArn").includes(balancer.urn));
  const encrypted = listeners.filter((listener) => listener.text("protocol") === "HTTPS");
  const plain = listeners.filter((listener) => listener.text("protocol") === "HTTP");
  return [
    ...(encrypted.length > 0 ? [] : [fault(balancer, "a listener for HTTPS", "none", "give it one with the domain's certificate")]),
    ...encrypted.flatMap(judgeEncrypted),
    ...plain.flatMap((listener) => judgePlain(stack, listener)),
  ];
}

function judgeEncrypted(listener: Item): Violation[] {
  const policy = listener.text("sslPolicy");
  return [
    ...(listener.has("certificateArn") ? [] : [fault(listener, "a certificate", "no certificateArn", "set certificateArn to the domain's in ACM")]),
    ...(modernPolicy.test(policy) ? [] : [fault(listener, "a policy of TLS 1.2 and later", policy, "set sslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06")]),
  ];
}

function judgePlain(stack: Stack, listener: Item): Violation[] {
  const redirects = listener.list("defaultActions").every((action) => redirectToHttps.safeParse(action).success);
  const rules = stack.ofType("aws:lb/listenerRule:ListenerRule").filter((one) => one.references("listenerArn").includes(listener.urn));
  return [
    ...(redirects ? [] : [fault(listener, "plain HTTP redirects to HTTPS", "another default action", "redirect to port 443, protocol HTTPS")]),
    ...rules.flatMap((one) => mustBe(one, "actions.0.type", "redirect")),
  ];
}

function fault({ urn }: Item, promised: string, found: string, fix: string): Violation {
  return { urn, promised, found, fix };
}
