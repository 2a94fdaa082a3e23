import type { ManagedBlueprint } from "../../blueprint/types";
import type { HostLab } from "../hosts/lab";
import type { Sent } from "../load/plan";
import type { ManagedTrial } from "./trial";

/** Something that AWS does to a platform of managed services, and what the platform promises then. */
export interface ManagedDrill {
  /** Also the name of `DRILL=`. */
  name: string;
  /** What happens, in a sentence for the results page. */
  breaks: string;
  run: (trial: ManagedTrial) => Promise<void>;
  /** What is measured, in seconds, and its limit. */
  gap: (trial: ManagedTrial, sent: readonly Sent[]) => number;
  bound: (lab: HostLab<ManagedBlueprint>) => number;
  /**
   * The queues' primary goes: a job whose end its replica did not hear of is run again, since BullMQ promises at least once.
   * Absent: no effect may come twice.
   */
  jobsRunAgain?: true;
}
