import { missing } from "../../comparison";
import { rule } from "../../rule";

export const waysOutOpen = rule({
  name: "ways-out-open",
  group: "facts",
  description: "the security group of every role with machines, and of every load balancer, lets out what they send",
  why: "A host without a way out installs nothing, reads no secret and follows no primary: it is counted, and does not serve.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      const balancers = blueprint.flows.flatMap(({ to }) => (to === "balancer" || to === "edge" ? [to] : []));
      const senders = new Set([...[...blueprint.hosts, ...blueprint.groups].map(({ role }) => role), ...balancers]);
      const open = new Set(
        stack
          .ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
          .filter((item) => item.text("ipProtocol") === "-1" && item.at("cidrIpv4") === "0.0.0.0/0")
          .flatMap((item) => stack.referred(item, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup").map((group) => group.text("name"))),
      );
      return [...senders].filter((role) => !open.has(`${blueprint.names.prefix}-${role}`)).map((role) => missing(region, `a way out of ${role}, to anywhere`));
    }),
});
