import { charge, type Pricer, type Subject } from "../subject";
import { hoursOfMonth, type Charge } from "../charge";

export const balancerPricers: Record<string, Pricer> = {
  "aws:lb/loadBalancer:LoadBalancer": (subject) => {
    const type = subject.text("loadBalancerType");
    switch (type) {
      case "application":
        return [
          charge("balancers", "alb", hoursOfMonth),
          charge("balancers", "albUnits", subject.amount("albUnits") * hoursOfMonth),
          ...publicAddresses(subject),
        ];
      case "network":
        return [
          charge("balancers", "nlb", hoursOfMonth),
          charge("balancers", "nlbUnits", subject.amount("nlbUnits") * hoursOfMonth),
          ...publicAddresses(subject),
        ];
      default:
        subject.fault("loadBalancerType", type, "application or network");
        return [];
    }
  },
};

/** One in each subnet, unless it is internal, or has Elastic IPs, which stand for themselves. */
function publicAddresses(subject: Subject): Charge[] {
  if (subject.flag("internal") || subject.listIfAny("subnetMappings").length > 0) return [];
  return [charge("addresses", "publicAddress", subject.list("subnets").length * hoursOfMonth)];
}
