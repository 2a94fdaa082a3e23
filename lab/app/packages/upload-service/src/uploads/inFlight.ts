import { integer } from "../../../common/environment";
import { log, reason } from "../../../common/log";

/** The part of the cache that marks need. */
export interface Marks {
  get: (key: string) => Promise<string | null>;
  /** `SET key 1 EX seconds NX`; false when the key is there. */
  setNew: (key: string, seconds: number) => Promise<boolean>;
  remove: (key: string) => Promise<void>;
}

/**
 * Marks of uploads whose bytes are being taken in, so that the same one is not taken in twice at once. Without the cache
 * they are this process's only, and uploads go on.
 */
export class InFlight {
  private readonly local = new Map<string, number>();
  private readonly seconds = integer("IN_FLIGHT_DATA_ITEM_TTL_SECS", 60);

  constructor(private readonly marks: Marks) {}

  async has(id: string): Promise<boolean> {
    try {
      return (await this.marks.get(key(id))) !== null;
    } catch (fault) {
      log("warn", "in-flight mark: falling back to memory", { error: reason(fault) });
      return (this.local.get(id) ?? 0) > Date.now();
    }
  }

  /** False when another request has the mark. */
  async mark(id: string): Promise<boolean> {
    const heldHere = (this.local.get(id) ?? 0) > Date.now();
    this.local.set(id, Date.now() + this.seconds * 1000);
    try {
      return await this.marks.setNew(key(id), this.seconds);
    } catch (fault) {
      log("warn", "in-flight mark: falling back to memory", { error: reason(fault) });
      return !heldHere;
    }
  }

  async remove(id: string): Promise<void> {
    this.local.delete(id);
    try {
      await this.marks.remove(key(id));
    } catch (fault) {
      log("warn", "in-flight mark: left to expire", { error: reason(fault) });
    }
  }
}

const key = (id: string): string => `if_{${id}}`;
