import { setTimeout as sleep } from "node:timers/promises";
import type { Container } from "../hosts/container";
import type { HostLab } from "../hosts/lab";
import { acknowledged, type RequestKind, type Sent } from "../load/plan";
import type { Load } from "../load/load";
import { recoveryBound, type Failure } from "../../sla/recovery";
import { untilWhole } from "../hosts/boot";

const lookMilliseconds = 200;
/** A drill that has not come back by itself within this has failed. */
const longestMilliseconds = 400_000;
/** Time without any failure after which clients count as served. */
const steadyMilliseconds = 4000;

/** What a trial found on the losing side of a partition. */
export interface Side {
  acknowledged: number;
  lost: number;
  /** What may be lost of it. */
  allowed: number;
}

/** One trial while it runs: what a drill may do and ask. */
export class Trial {
  public failedAt = 0;
  public readonly events: { at: number; what: string }[] = [];
  /** Set by drills with clients on a losing side. */
  public side: Side | undefined;
  /** What else of the promise was broken. */
  public readonly broken: string[] = [];
  /** When the clients ended, should that be before the trial does. */
  public stoppedAt: number | undefined;
  private readonly watches: Promise<void>[] = [];
  private over = false;

  public constructor(
    public readonly lab: HostLab,
    private readonly load: Load,
    private readonly say: (what: string) => void,
  ) {}

  /** Breaks something. The failure counts from just before. */
  public async breaks(what: string, action: () => Promise<unknown>): Promise<void> {
    this.failedAt = Date.now();
    this.mark(what);
    await action();
  }

  public mark(what: string): void {
    this.events.push({ at: Date.now(), what });
    this.say(`${this.failedAt === 0 ? "" : `${((Date.now() - this.failedAt) / 1000).toFixed(1)} s: `}${what}`);
  }

  /** Marks the moment at which something becomes true, while the drill goes on. */
  public watch(what: string, look: () => Promise<boolean>): void {
    this.watches.push(
      this.until(look, () => this.over).then((happened) => {
        if (happened) this.mark(what);
      }),
    );
  }

  /** Waits until something is true. Throws when it does not become so. */
  public async becomes(what: string, look: () => Promise<boolean>): Promise<void> {
    const latest = Date.now() + longestMilliseconds;
    if (!(await this.until(look, () => Date.now() > latest))) throw new Error(`after ${String(longestMilliseconds / 1000)} s still not: ${what}`);
    this.mark(what);
  }

  /** Waits until clients are answered steadily again, and at least so long after the failure. */
  public async served(kinds: readonly RequestKind[], leastSeconds: number): Promise<void> {
    await sleep(Math.max(0, this.failedAt + leastSeconds * 1000 - Date.now()));
    await this.becomes("clients are served", () => Promise.resolve(isSteady(this.load.ended(), kinds, this.failedAt)));
  }

  /** Waits until something is true, which has a bound of its own: over it, the promise is broken. */
  public async within(what: string, failure: Failure, look: () => Promise<boolean>): Promise<void> {
    const { seconds } = recoveryBound(this.lab.blueprint, failure);
    await this.becomes(what, look);
    const took = (Date.now() - this.failedAt) / 1000;
    if (took > seconds) this.broken.push(`${what} after ${took.toFixed(1)} s, promised ${String(seconds)} s`);
  }

  /** Waits for a whole platform, before the failure. */
  public async settle(): Promise<void> {
    await untilWhole(this.lab, this.say, longestMilliseconds);
  }

  /** Ends the clients, so that what they left in the queues can be seen to end. */
  public async quiet(): Promise<void> {
    this.stoppedAt = Date.now();
    await this.load.stop();
  }

  /** Everything that clients have seen the end of so far. */
  public sent(): Sent[] {
    return this.load.ended();
  }

  public async wait(seconds: number): Promise<void> {
    await sleep(seconds * 1000);
  }

  /** The last host of a role: the one that has nothing which its fellows lack. Throws when there is none. */
  public lastOf(role: string): Container {
    const host = this.lab.hostsOf(role).at(-1);
    if (host === undefined) throw new Error(`the platform has no ${role} host`);
    return host;
  }

  /** Switches a lost host on again, with the disks that it had. */
  public async returns(...hosts: Container[]): Promise<void> {
    for (const host of hosts) await host.start();
    this.mark(`${hosts.map(({ host }) => host.name).join(", ")}: on again`);
  }

  /** Ends the watches. */
  public async end(): Promise<void> {
    this.over = true;
    await Promise.all(this.watches);
  }

  private async until(look: () => Promise<boolean>, giveUp: () => boolean): Promise<boolean> {
    while (!giveUp()) {
      if (await look().catch(() => false)) return true;
      await sleep(lookMilliseconds);
    }
    return false;
  }
}

/** True when each kind was answered lately, and nothing failed lately. */
export function isSteady(sent: readonly Sent[], kinds: readonly RequestKind[], failedAt: number, now = Date.now()): boolean {
  const since = now - steadyMilliseconds;
  if (since < failedAt) return false;
  const lately = sent.filter((one) => one.endedAt >= since);
  return kinds.every((kind) => lately.some((one) => one.kind === kind && acknowledged(one) && one.sentAt >= since)) && lately.every(acknowledged);
}
