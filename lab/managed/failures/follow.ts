import { acknowledged, type RequestKind, type Sent } from "../../load/plan";
import type { ManagedDrill } from "../drill";

/** What the platform promises from the end of a name's old answer to the first write; `sla/managed.ts` has its waits. */
const followSeconds = 10;

/** Writes of every kind are acknowledged again, soon after a name has moved. */
export function writesFollow(kinds: readonly RequestKind[]): Pick<ManagedDrill, "gap" | "bound"> {
  return {
    gap: ({ movedAt }, sent) => Math.max(...kinds.map((kind) => firstWriteSeconds(sent, kind, movedAt))),
    bound: ({ platform }) => (platform.privateZone?.ttlSeconds ?? 0) + followSeconds,
  };
}

/** From the change of the name's answer to the first write of a kind that was acknowledged after it. */
export function firstWriteSeconds(sent: readonly Sent[], kind: RequestKind, movedAt: number): number {
  const answers = sent.filter((one) => one.kind === kind && acknowledged(one) && one.endedAt > movedAt).map(({ endedAt }) => endedAt);
  return (Math.min(...answers) - movedAt) / 1000;
}
