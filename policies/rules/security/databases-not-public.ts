import { mustBe } from "../../mustBe";
import { rule } from "../../rule";

export const databasesNotPublic = rule({
  name: "databases-not-public",
  group: "security",
  description: "no managed database has a public address",
  why: "A public address is found by scanners within minutes, and its password is then all that is left.",
  judge: (stack) =>
    stack.ofType("aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance").flatMap((item) => mustBe(item, "publiclyAccessible", false)),
});
