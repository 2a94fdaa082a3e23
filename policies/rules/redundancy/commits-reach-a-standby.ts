import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { onOwnHosts } from "../../stack/placement";
import type { Region } from "../../stack/stack";

/** Values with which a commit that was acknowledged is on the standby's disk (PostgreSQL, synchronous_commit). */
const safe = ["on", "true", "yes", "1", "remote_apply"];

export const commitsReachAStandby = rule({
  name: "commits-reach-a-standby",
  group: "redundancy",
  description: "a commit is acknowledged when a standby has it, on own hosts and in every parameter group",
  why: "Asynchronous, a cut network lost over twelve thousand acknowledged rows in a drill; synchronous, none. Credits are money.",
  judge: (stack) => [
    ...onOwnHosts(stack).flatMap(judgePatroni),
    ...stack.ofType("aws:rds/parameterGroup:ParameterGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup").flatMap(judgeGroup),
  ],
});

function judgePatroni({ platform }: Region): Violation[] {
  const { urn } = platform;
  const commit = platform.text("blueprint.database.parameters.synchronous_commit");
  const found: Violation[] = [];
  if (!platform.flag("blueprint.database.patroni.synchronousMode"))
    found.push({ urn, promised: "Patroni's synchronous mode", found: "synchronousMode false", fix: "set it to true in the blueprint" });
  if (!safe.includes(commit)) found.push({ urn, promised: "synchronous_commit on", found: commit, fix: "set it to on in the blueprint" });
  return found;
}

/** What a group does not set is AWS's default, which is on. */
function judgeGroup(group: Item): Violation[] {
  if (!group.has("parameters")) return [];
  return group
    .list("parameters")
    .map((_, index) => `parameters.${String(index)}`)
    .filter((path) => group.text(`${path}.name`) === "synchronous_commit" && !safe.includes(group.text(`${path}.value`).toLowerCase()))
    .map((path) => ({
      urn: group.urn,
      promised: "synchronous_commit on",
      found: group.text(`${path}.value`),
      fix: "take the parameter away, or set it to on",
    }));
}
