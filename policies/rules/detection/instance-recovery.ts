import { rule } from "../../rule";

export const instanceRecovery = rule({
  name: "instance-recovery",
  group: "detection",
  description: "every instance whose hardware fails is started again by EC2 on other hardware, with its address and volumes",
  why: "A host with a place of its own is replaced by nobody else: until it is back, its quorum has one vote less.",
  judge: (stack) =>
    stack
      .ofType("aws:ec2/instance:Instance")
      .filter((instance) => instance.text("maintenanceOptions.autoRecovery") !== "default")
      .map((instance) => ({
        urn: instance.urn,
        promised: "simplified automatic recovery",
        found: `autoRecovery ${instance.text("maintenanceOptions.autoRecovery")}`,
        fix: 'set maintenanceOptions: { autoRecovery: "default" }',
      })),
});
