import { charge, type Pricer, type Subject } from "../subject";
import { hoursOfMonth } from "../charge";

/** Addresses that a global accelerator has. */
const acceleratorAddresses = 2;

/** Names, health checks, and what moves clients and databases between regions. Their prices are the same from every region. */
export const namePricers: Record<string, Pricer> = {
  "aws:route53/zone:Zone": (subject) => [
    charge("names", "zone", 1),
    charge("names", "dnsQueries", subject.property("vpcs") === undefined ? publicQueries(subject) : subject.amount("privateDnsMillions")),
  ],
  "aws:route53/healthCheck:HealthCheck": (subject) => {
    const type = subject.text("type");
    // It looks at other checks only.
    if (type === "CALCULATED") return [charge("healthChecks", "healthCheck", 1)];
    const features = [type.startsWith("HTTPS"), type.endsWith("STR_MATCH"), subject.number("requestInterval") === 10, subject.flag("measureLatency")].filter(
      Boolean,
    ).length;
    return [charge("healthChecks", "healthCheck", 1), charge("healthChecks", "healthCheckFeature", features)];
  },
  "aws:globalaccelerator/accelerator:Accelerator": (subject) => [
    charge("switch", "accelerator", hoursOfMonth),
    charge("switch", "acceleratorTraffic", subject.amount("acceleratorGib")),
    charge("addresses", "publicAddress", acceleratorAddresses * hoursOfMonth),
  ],
  "aws:arcregionswitch/plan:Plan": () => [charge("switch", "switchPlan", 1)],
};

/** Asking for an alias of a load balancer is free; own hosts' addresses are none. */
function publicQueries(subject: Subject): number {
  const addresses = subject
    .ofType("aws:route53/record:Record")
    .some((record) => record.listIfAny("failoverRoutingPolicies").length > 0 && record.property("records") !== undefined);
  return addresses ? subject.amount("publicDnsMillions") : 0;
}
