import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedBlueprint } from "../../blueprint/types";
import { isSteady } from "../drills/trial";
import type { HostLab } from "../hosts/lab";
import type { Load } from "../load/load";
import { acknowledged, type RequestKind } from "../load/plan";
import { Service, type Paired } from "./services";

const lookMilliseconds = 200;
/** A service that has not come back by itself within this has failed. */
const longestMilliseconds = 180_000;

/** One trial while it runs: what a drill may do and ask. */
export class ManagedTrial {
  public failedAt = 0;
  /** When the name's answer changed. */
  public movedAt = 0;
  /** When a machine completed its lifecycle hook. */
  public completedAt = 0;
  /** What else of the promise was broken. */
  public readonly broken: string[] = [];
  public readonly events: { at: number; what: string }[] = [];

  public constructor(
    public readonly lab: HostLab<ManagedBlueprint>,
    private readonly load: Load,
    private readonly say: (what: string) => void,
  ) {}

  public service(name: Paired): Service {
    return new Service(this.lab, name);
  }

  /** Breaks something. The failure counts from just before. */
  public async breaks(what: string, action: () => Promise<unknown>): Promise<void> {
    this.failedAt = Date.now();
    this.mark(what);
    await action();
  }

  /** Moves the name of a service to its other server. */
  public moves(service: Service): void {
    this.movedAt = Date.now();
    service.move();
    this.mark(`the name of ${service.name} moves to ${service.writer.host.name}`);
  }

  /** Waits until each kind is acknowledged again, and then until clients are answered steadily. */
  public async served(kinds: readonly RequestKind[]): Promise<void> {
    const written = (kind: RequestKind): boolean => this.load.ended().some((one) => one.kind === kind && acknowledged(one) && one.endedAt > this.movedAt);
    await this.becomes("writes are acknowledged", () => kinds.every(written));
    await this.becomes("clients are served", () => isSteady(this.load.ended(), kinds, this.movedAt));
  }

  public mark(what: string): void {
    this.events.push({ at: Date.now(), what });
    this.say(`${((Date.now() - this.failedAt) / 1000).toFixed(1)} s: ${what}`);
  }

  /** Waits until something is true. Throws when it does not become so. */
  public async becomes(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
    const latest = Date.now() + longestMilliseconds;
    while (!(await look())) {
      if (Date.now() > latest) throw new Error(`after ${String(longestMilliseconds / 1000)} s still not: ${what}`);
      await sleep(lookMilliseconds);
    }
    this.mark(what);
  }
}
