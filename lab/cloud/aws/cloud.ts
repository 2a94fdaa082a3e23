import { randomBytes } from "node:crypto";
import type { CloudRecord, Resource } from "../record";

/** The account of the embedded cloud: the number that AWS uses in its own examples. */
export const ACCOUNT = "123456789012";

/** Services whose ARNs name no region, and those of them that name no account either. */
const WITHOUT_REGION = ["iam", "s3", "route53", "globalaccelerator", "arc-region-switch"];
const WITHOUT_ACCOUNT = ["s3", "route53"];

/** The record as one API call sees it: one region (or what has none, e.g. IAM) at one moment. */
export class Cloud {
  public constructor(
    public readonly record: CloudRecord,
    /** Region of the resource, or `global`. */
    public readonly region: string,
    public readonly now: Date,
    /** Region of the provider: where something global looks when it names no region. */
    public readonly home: string = region,
  ) {}

  /** The same moment in another region. */
  public in(region: string): Cloud {
    return new Cloud(this.record, region, this.now, this.home);
  }

  /** Resources of a type in this region. */
  public all(type: string): Resource[] {
    return this.record.all(type).filter((resource) => resource.region === this.region);
  }

  /** A resource of this region by its id. */
  public get(type: string, id: string | undefined): Resource | undefined {
    return id === undefined ? undefined : this.record.get(type, this.region, id);
  }

  /** A resource that the references have already shown to exist. */
  public must(type: string, id: string): Resource {
    const found = this.get(type, id);
    if (found === undefined) throw new Error(`embedded cloud: ${type} ${id} is not in the record, but a model counts on it: state the reference`);
    return found;
  }

  /** The first resource of this region with this value of a property (`id` is its id). */
  public by(type: string, property: string, value: string | undefined): Resource | undefined {
    return value === undefined ? undefined : this.all(type).find((resource) => valueOf(resource, property) === value);
  }

  /** The first resource of any region with this value of a property: for values that are unique in all of them, e.g. ARNs. */
  public anywhere(type: string, property: string, value: string | undefined): Resource | undefined {
    return value === undefined ? undefined : this.record.all(type).find((resource) => valueOf(resource, property) === value);
  }

  public arn(service: string, resource: string): string {
    const region = WITHOUT_REGION.includes(service) ? "" : this.region;
    return `arn:aws:${service}:${region}:${WITHOUT_ACCOUNT.includes(service) ? "" : ACCOUNT}:${resource}`;
  }
}

/** A value of a resource: its id or one of its texts. */
export function valueOf(resource: Resource, property: string): string | undefined {
  if (property === "id") return resource.id;
  const value = resource.properties[property];
  return typeof value === "string" ? value : undefined;
}

/** Hexadecimal digits as in AWS's ids. */
export function hex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}

/** An id as EC2 makes it, e.g. `vpc-0` and sixteen more digits. */
export function newId(prefix: string): string {
  return `${prefix}-0${hex(16)}`;
}

/** Capital letters and digits as in the unique ids of IAM. */
export function uniqueId(prefix: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return prefix + [...randomBytes(17)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}
