import { charge, type Pricer } from "../subject";
import { hoursOfMonth } from "../charge";

/** Addresses that a global accelerator has. */
const acceleratorAddresses = 2;

/** Names, health checks, and what moves clients and databases between regions. Their prices are the same from every region. */
export const namePricers: Record<string, Pricer> = {
  "aws:route53/zone:Zone": (subject) => [
    charge("names", "zone", 1),
    // Asking for an alias of a load balancer is free, and the public zone has nothing else.
    ...(subject.property("vpcs") === undefined ? [] : [charge("names", "dnsQueries", subject.amount("privateDnsMillions"))]),
  ],
  "aws:route53/healthCheck:HealthCheck": (subject) => {
    const type = subject.text("type");
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
