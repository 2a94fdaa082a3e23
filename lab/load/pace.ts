/** Requests at a fixed rate, whatever happens to earlier ones: a platform that is slow does not slow its clients down. */
export class Pace {
  private sent = 0;

  public constructor(
    private readonly perSecond: number,
    private readonly beganAt: number,
  ) {}

  /** How many are due by now and were not counted before. After a pause of this machine the missed ones are left out, but for a second's worth. */
  public due(now: number): number {
    const should = Math.floor(((now - this.beganAt) / 1000) * this.perSecond);
    const due = Math.min(should - this.sent, Math.max(1, this.perSecond));
    this.sent = should;
    return Math.max(0, due);
  }
}
