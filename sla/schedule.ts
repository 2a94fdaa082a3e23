interface Event {
  at: number;
  happens: () => void;
}

/** What is to happen until an end, in the order of time. Times in seconds. */
export class Schedule {
  private now = 0;
  /** The next one last. */
  private readonly events: Event[] = [];
  private next: Event | undefined;

  public constructor(private readonly end: number) {}

  /** Lets something happen so much later, unless that is after the end. */
  public in(seconds: number, happens: () => void): void {
    const at = this.now + seconds;
    if (at > this.end) return;
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.events.splice(low, 0, { at, happens });
  }

  /** Goes on to the next event, and answers how much time has passed; undefined when none is left. */
  public step(): number | undefined {
    this.next = this.events.pop();
    if (this.next === undefined) return undefined;
    const passed = this.next.at - this.now;
    this.now = this.next.at;
    return passed;
  }

  /** What the step has come to. */
  public happen(): void {
    this.next?.happens();
  }
}
