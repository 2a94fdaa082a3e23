import { nameFollowed } from "../../../sla/managed";
import { boundOf } from "../../../sla/recovery";
import { acknowledged, type RequestKind, type Sent } from "../../load/plan";
import type { ManagedDrill } from "../drill";
import type { Paired, Service } from "../services";
import type { ManagedTrial } from "../trial";

/** Writes of every kind are acknowledged again, soon after a name has moved. */
function writesFollow(kinds: readonly RequestKind[]): Pick<ManagedDrill, "gap" | "bound"> {
  return {
    gap: ({ movedAt }, sent) => Math.max(...kinds.map((kind) => firstWriteSeconds(sent, kind, movedAt))),
    bound: ({ blueprint }) => boundOf(nameFollowed(blueprint.internalZone.ttlSeconds)).seconds,
  };
}

/** From the change of the name's answer to the first write of a kind that was acknowledged after it. */
export function firstWriteSeconds(sent: readonly Sent[], kind: RequestKind, movedAt: number): number {
  const answers = sent.filter((one) => one.kind === kind && acknowledged(one) && one.endedAt > movedAt).map(({ endedAt }) => endedAt);
  return (Math.min(...answers) - movedAt) / 1000;
}

/** What a drill does to a service whose writer changes, and what it measures by. */
interface Change {
  name: string;
  breaks: string;
  service: Paired;
  measures: readonly RequestKind[];
  jobsRunAgain?: true;
  /** Takes the writer's place from it and gives it to the copy. */
  change: (trial: ManagedTrial, managed: Service) => Promise<void>;
}

/** A service's writer changes, its name follows, clients are served, and the old writer becomes a copy. */
export function writerChanges({ service, measures, change, ...what }: Change): ManagedDrill {
  return {
    ...what,
    ...writesFollow(measures),
    run: async (trial) => {
      const managed = trial.service(service);
      const { writer } = managed;
      await change(trial, managed);
      trial.moves(managed);
      await trial.served(measures);
      await managed.repair();
      trial.mark(`${writer.host.name}: a copy again`);
    },
  };
}
