import type { Properties } from "./properties";

/** One thing that exists in the cloud. */
export interface Resource {
  type: string;
  id: string;
  /** Region, or `global` for IAM, Route 53 and Global Accelerator. */
  region: string;
  /** Its outputs, inputs among them. */
  properties: Properties;
  /** What the cloud knows and no provider tells, e.g. older versions of a launch template. */
  internal?: Properties;
}

/** Something deleted whose name is not free yet: a secret in its recovery window, a key pending deletion. */
export interface Deleted {
  type: string;
  id: string;
  region: string;
  name: string;
  /** Moment, ISO 8601, from which the name is free. */
  until: string;
}

/** The record as it lies in its file. */
export interface RecordData {
  resources: Record<string, Resource>;
  deleted: Record<string, Deleted>;
}

/** The cloud's own record of what exists. Pure memory; `RecordFile` shares it between processes. */
export class CloudRecord {
  private readonly byType = new Map<string, Map<string, Resource>>();
  private readonly deleted = new Map<string, Deleted>();
  /** Counts every change, so that a writer can tell whether there is anything to write. */
  public changes = 0;

  public constructor(data?: RecordData) {
    for (const resource of Object.values(data?.resources ?? {})) this.put(resource);
    for (const [key, gone] of Object.entries(data?.deleted ?? {})) this.deleted.set(key, gone);
    this.changes = 0;
  }

  /** Adds a resource or writes over it. */
  public put(resource: Resource): void {
    const ofType = this.byType.get(resource.type) ?? new Map<string, Resource>();
    this.byType.set(resource.type, ofType.set(keyOf(resource), resource));
    this.changes += 1;
  }

  /** Takes a resource out; nothing when it is not there. */
  public remove(resource: Pick<Resource, "type" | "region" | "id">): void {
    if (this.byType.get(resource.type)?.delete(keyOf(resource)) === true) this.changes += 1;
  }

  public get(type: string, region: string, id: string): Resource | undefined {
    return this.byType.get(type)?.get(keyOf({ type, region, id }));
  }

  /** Every resource of a type, in all regions. */
  public all(type: string): Resource[] {
    return [...(this.byType.get(type)?.values() ?? [])];
  }

  /** Every resource. */
  public everything(): Resource[] {
    return [...this.byType.values()].flatMap((ofType) => [...ofType.values()]);
  }

  /** Notes that a name stays taken after its delete. */
  public putDeleted(gone: Deleted): void {
    this.deleted.set(keyOf(gone), gone);
    this.changes += 1;
  }

  /** Forgets what holds names after its delete, as only time does on AWS. */
  public freeNames(): void {
    this.deleted.clear();
    this.changes += 1;
  }

  /** The deleted thing that still holds a name at this moment, if any. */
  public holderOf(type: string, region: string, name: string, now: Date): Deleted | undefined {
    return [...this.deleted.values()].find((gone) => gone.type === type && gone.region === region && gone.name === name && new Date(gone.until) > now);
  }

  /** The form that is written to the file, sorted by key so that two records can be compared as text. */
  public data(): RecordData {
    const sorted = <T>(entries: [string, T][]): Record<string, T> => Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
    return {
      resources: sorted(this.everything().map((resource) => [keyOf(resource), resource])),
      deleted: sorted([...this.deleted]),
    };
  }
}

/** Key of a resource in the file: `<type>|<region>|<id>`. */
export function keyOf(resource: Pick<Resource, "type" | "region" | "id">): string {
  return `${resource.type}|${resource.region}|${resource.id}`;
}
