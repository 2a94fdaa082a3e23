import type { RequestKind } from "../load/plan";
import type { Paired } from "./services";
import type { ManagedTrial } from "./trial";

/** One failover of a managed service, and what the platform promises once its name has moved. */
export interface ManagedDrill {
  /** Also the name of its file and of `DRILL=`. */
  name: string;
  /** What happens, in a sentence for the results page. */
  breaks: string;
  /** The service whose name moves. */
  service: Paired;
  /** Kinds of writes that have to be acknowledged again. */
  measures: readonly RequestKind[];
  /**
   * The queues' primary goes: a job whose end its replica did not hear of is run again, since BullMQ promises at least once.
   * Absent: no effect may come twice.
   */
  jobsRunAgain?: true;
  run: (trial: ManagedTrial) => Promise<void>;
}
