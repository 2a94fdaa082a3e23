import type { Fault } from "../fault";
import type { Key, Settings } from "../keys";

/** One question about the meaning of well-formed settings. It is asked only when every key that it reads is free of faults. */
export interface Check {
  reads: readonly Key[];
  find(settings: Settings): Fault[];
}
