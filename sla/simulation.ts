import { secondsPerYear, type Assumed } from "./assumptions";
import { journeys, type JourneyName } from "./journeys";
import type { Model, ModelPart } from "./model";
import { randomNumbers } from "./random";
import { Schedule } from "./schedule";

/**
 * The same model lived through: machines, zones, services and regions fail at random and are repaired, one event after the
 * other, and each journey's time away is added up. It takes no formula from `sla/availability.ts`; that both say the same is
 * a test.
 */

export interface Run {
  /** The same seed gives the same run. */
  seed: number;
  years: number;
}

/** Part of the time for which each journey was served. */
export function simulate(model: Model, run: Run): Record<JourneyName, number> {
  return new Simulation(model, run).run();
}

interface Machine {
  zone: string;
  works: boolean;
}

/** Something that keeps a share of requests waiting until its end. */
interface Window {
  share: number;
  concerns: ReadonlySet<JourneyName>;
}

interface LivedPart {
  model: ModelPart;
  machines: Machine[];
  serving: Set<Machine>;
  concerns: ReadonlySet<JourneyName>;
}

const names = Object.keys(journeys) as JourneyName[];

class Simulation {
  private readonly end: number;
  private readonly schedule: Schedule;
  private readonly random: () => number;
  private readonly parts: LivedPart[];
  private readonly lostZones = new Set<string>();
  private readonly windows = new Set<Window>();
  private readonly assumed: Assumed;

  public constructor(
    private readonly model: Model,
    { seed, years }: Run,
  ) {
    this.end = years * secondsPerYear;
    this.schedule = new Schedule(this.end);
    this.random = randomNumbers(seed);
    this.assumed = model.assumed;
    this.parts = this.livedParts();
  }

  public run(): Record<JourneyName, number> {
    this.beginMachines();
    this.beginZones();
    this.beginServices();
    const away = new Map(names.map((name) => [name, 0]));
    let shares = this.shares();
    for (let passed = this.schedule.step(); passed !== undefined; passed = this.schedule.step()) {
      for (const [name, share] of shares) away.set(name, (away.get(name) ?? 0) + share * passed);
      this.schedule.happen();
      shares = this.shares();
    }
    return Object.fromEntries(names.map((name) => [name, 1 - (away.get(name) ?? 0) / this.end])) as Record<JourneyName, number>;
  }

  private livedParts(): LivedPart[] {
    const all = new Map(names.flatMap((name) => this.model.journeys[name].parts.map((part) => [part.name, part] as const)));
    return [...all.values()].map((part) => {
      const machines = part.zones.map((zone) => ({ zone, works: true }));
      const concerns = new Set(names.filter((name) => this.model.journeys[name].parts.some((one) => one.name === part.name)));
      return { model: part, machines, serving: new Set(machines.slice(0, part.stops.machines)), concerns };
    });
  }

  private beginMachines(): void {
    const perYear = this.assumed.machineFailuresPerYear;
    const common = this.assumed.commonCauseShare;
    for (const part of this.parts) {
      for (const machine of part.machines) this.failsAgain(perYear * (1 - common), () => this.machineFails(part, machine));
      this.repeats(perYear * common, () => {
        this.keepsWaiting(1, part.concerns, this.assumed.personSeconds);
      });
    }
  }

  private beginZones(): void {
    for (const zone of new Set(this.parts.flatMap(({ model }) => model.zones)))
      this.failsAgain(this.assumed.zoneFailuresPerYear, () => {
        this.lostZones.add(zone);
        const concerns = new Set(this.parts.filter(({ model }) => model.zones.includes(zone)).flatMap((part) => [...part.concerns]));
        for (const part of this.parts) for (const machine of [...part.serving]) if (machine.zone === zone) this.standIn(part, machine);
        this.keepsWaiting(1, concerns, this.goesWell() ? this.model.zoneSwitchSeconds : this.assumed.personSeconds);
        return { repaired: () => this.lostZones.delete(zone), seconds: this.assumed.zoneOutageSeconds };
      });
  }

  private beginServices(): void {
    const services = new Map(names.flatMap((name) => this.model.journeys[name].services.map((service) => [service.name, service] as const)));
    const length = this.assumed.serviceOutageSeconds;
    for (const { name: service, unavailability, regional } of services.values()) {
      const concerns = new Set(names.filter((name) => this.model.journeys[name].services.some((one) => one.name === service)));
      this.repeats((unavailability * secondsPerYear) / length, () => {
        this.keepsWaiting(1, concerns, regional ? this.untilElsewhere(length) : length);
      });
    }
    this.repeats(this.assumed.regionFailuresPerYear, () => {
      this.keepsWaiting(1, new Set(names), this.untilElsewhere(this.assumed.regionOutageSeconds));
    });
  }

  /** How long an outage in the first region lasts for clients. */
  private untilElsewhere(length: number): number {
    const { regionSwitchSeconds } = this.model;
    const switched = regionSwitchSeconds !== null && this.random() < this.assumed.regionSwitchSuccess;
    return switched && regionSwitchSeconds < length ? regionSwitchSeconds : length;
  }

  private machineFails(part: LivedPart, machine: Machine): { repaired: () => void; seconds: number } {
    machine.works = false;
    if (part.serving.has(machine) && !this.lostZones.has(machine.zone)) {
      const { seconds, share } = part.model.stops;
      this.keepsWaiting(share, part.concerns, this.goesWell() ? seconds : this.assumed.personSeconds);
      this.standIn(part, machine);
    }
    return { repaired: () => (machine.works = true), seconds: -Math.log(1 - this.random()) * part.model.repairSeconds };
  }

  /** Another machine serves in the place of one that is gone, if there is one. */
  private standIn(part: LivedPart, gone: Machine): void {
    const other = part.machines.find((one) => this.stands(one) && !part.serving.has(one));
    if (other === undefined) return;
    part.serving.delete(gone);
    part.serving.add(other);
  }

  private stands({ works, zone }: Machine): boolean {
    return works && !this.lostZones.has(zone);
  }

  private goesWell(): boolean {
    return this.random() < this.assumed.failoverSuccess;
  }

  /** For each journey the share of its requests that is not served now. */
  private shares(): [JourneyName, number][] {
    const served = new Map(names.map((name) => [name, 1]));
    const cut = (concerns: ReadonlySet<JourneyName>, share: number): void => {
      for (const name of concerns) served.set(name, (served.get(name) ?? 1) * (1 - share));
    };
    for (const { model, machines, concerns } of this.parts) if (machines.filter((one) => this.stands(one)).length < model.needed) cut(concerns, 1);
    for (const { share, concerns } of this.windows) cut(concerns, share);
    return names.map((name) => [name, 1 - (served.get(name) ?? 1)]);
  }

  private keepsWaiting(share: number, concerns: ReadonlySet<JourneyName>, seconds: number): void {
    const window = { share, concerns };
    this.windows.add(window);
    this.schedule.in(seconds, () => this.windows.delete(window));
  }

  /** Fails after a while, is repaired, and fails again. */
  private failsAgain(perYear: number, fails: () => { repaired: () => void; seconds: number }): void {
    this.schedule.in(this.wait(perYear), () => {
      const { repaired, seconds } = fails();
      this.schedule.in(seconds, () => {
        repaired();
        this.failsAgain(perYear, fails);
      });
    });
  }

  /** Happens again and again. */
  private repeats(perYear: number, happens: () => void): void {
    this.schedule.in(this.wait(perYear), () => {
      happens();
      this.repeats(perYear, happens);
    });
  }

  private wait(perYear: number): number {
    if (perYear === 0) return Infinity;
    return (-Math.log(1 - this.random()) / perYear) * secondsPerYear;
  }
}
