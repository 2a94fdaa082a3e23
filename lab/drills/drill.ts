import type { Failure } from "../../sla/recovery";
import type { HostLab } from "../hosts/lab";
import type { RequestKind } from "../load/plan";
import type { Trial } from "./trial";

/** How many requests may fail: none, those that were on their way when it happened, or any. */
export type Allowed = "none" | "inFlight" | "any";

/** One failure: what it breaks, and what the platform promises about it. */
export interface Drill {
  /** Also the name of its file and of `DRILL=`. */
  name: string;
  /** What breaks, in a sentence for the results page. */
  breaks: string;
  /** The failure in `sla/` whose bound holds. */
  failure: Failure;
  /** Kinds of requests whose longest silence is the gap. */
  measures: readonly RequestKind[];
  failedGets: Allowed;
  failedPosts: Allowed;
  /**
   * The master of the queues goes too: a job whose end it did not keep is run again, since BullMQ promises at least once and no
   * queue can promise more. Absent: no effect may come twice.
   */
  jobsRunAgain?: true;
  /** Part of `make drill-smoke`. */
  core?: true;
  /** Objects of the platform that it needs; absent: any. */
  objects?: "minio";
  /** Share of this machine's CPU that must be idle beforehand, with clients at work; absent: as much as any trial needs. */
  leastIdle?: number;
  /** What is done before clients come, and is neither part of the failure nor of its time. */
  prepare?: (lab: HostLab) => Promise<void>;
  /** Breaks, waits until clients are served again, and repairs. The platform is whole before, and has to become whole after. */
  run: (trial: Trial) => Promise<void>;
}
