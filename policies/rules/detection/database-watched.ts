import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

export const databaseWatched = rule({
  name: "database-watched",
  group: "detection",
  description: "every machine of a managed database reports its operating system's figures often enough to show a failover, and what its queries waited for",
  why: "A failover takes half a minute: figures by the minute show nothing of it, and CloudWatch's own see no process.",
  limits: {
    intervalSeconds: { what: "seconds between two reports of a database's machine", stricter: "lower", of: (level) => ({ 1: 60, 2: 15, 3: 15 })[level] },
  },
  judge: (stack, { intervalSeconds }) => [
    ...stack.ofType("aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance").flatMap((item) => watched(item, intervalSeconds)),
    // A cluster of three has machines that only it knows; Aurora's say it themselves.
    ...stack
      .ofType("aws:rds/cluster:Cluster")
      .filter((cluster) => !cluster.text("engine").startsWith("aurora"))
      .flatMap((item) => watched(item, intervalSeconds)),
  ],
});

function watched(item: Item, mostSeconds: number): Violation[] {
  const seconds = item.number("monitoringInterval");
  return [
    ...(seconds > 0 && seconds <= mostSeconds
      ? []
      : [
          {
            urn: item.urn,
            promised: `Enhanced Monitoring every ${String(mostSeconds)} s or sooner`,
            found: seconds === 0 ? "it is off" : `every ${String(seconds)} s`,
            fix: `set monitoringInterval to ${String(mostSeconds)}, and monitoringRoleArn`,
          },
        ]),
    ...(item.flag("performanceInsightsEnabled")
      ? []
      : [{ urn: item.urn, promised: "Performance Insights", found: "it is off", fix: "set performanceInsightsEnabled: true" }]),
  ];
}
