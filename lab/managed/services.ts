import { z } from "zod";
import type { ManagedBlueprint } from "../../blueprint/types";
import type { Container } from "../hosts/container";
import type { HostLab } from "../hosts/lab";
import { certify, type Certified } from "../hosts/outside/authority";
import type { Engine } from "./engine";
import { point, serverOf } from "./names";
import { postgresEngine } from "./postgres";
import { redisEngine } from "./redis";

/** A database behind a name: two servers, one of which the name points at. */
export const pairs = ["postgres", "cache", "queues"] as const;
export type Paired = (typeof pairs)[number];

/** One managed database of the lab: what AWS would do with it, done by hand. */
export class Service {
  private readonly engine: Engine;

  public constructor(
    private readonly lab: HostLab<ManagedBlueprint>,
    public readonly name: Paired,
  ) {
    this.engine = engineOf(lab, name);
  }

  /** The server that its name points at. */
  public get writer(): Container {
    return serverOf(this.lab, this.name);
  }

  public get copy(): Container {
    return this.lab.host(this.servers.find((name) => name !== this.writer.host.name) ?? "");
  }

  private get servers(): string[] {
    return this.lab.platform.services.map(({ name }) => name).filter((name) => name.startsWith(`${this.name}-`));
  }

  /** Makes both servers; the name points at the first already. */
  public async begin(authority: Certified): Promise<void> {
    const certified = await certify(authority, ["*.rds.amazonaws.com", "*.cache.amazonaws.com"]);
    for (const server of this.servers) this.engine.prepare(this.lab.host(server), certified, authority.certificate);
    const { writer, copy } = this;
    await this.engine.startFirst(writer);
    await this.engine.startCopy(copy, writer);
  }

  /** What keeps it from being whole, in a few words. */
  public async faults(): Promise<string[]> {
    const { writer, copy } = this;
    const off = [writer, copy].filter((server) => server.init() === undefined);
    if (off.length > 0) return off.map(({ host }) => `${host.name}: off`);
    const missing = await this.engine.missing(writer, copy).catch((fault: unknown) => String(fault));
    return missing === undefined ? [] : [`${this.name}: ${missing}`];
  }

  /** The copy of a writer that is lost becomes the writer; its name follows with `move`. */
  public async promote(): Promise<void> {
    await this.engine.promote(this.copy);
  }

  /** The copy becomes the writer, and the writer stays alive, read only; its name follows with `move`. */
  public async handOver(): Promise<void> {
    await this.engine.handOver(this.writer, this.copy);
  }

  /** The name points at the other server. */
  public move(): void {
    point(this.lab, this.name, this.copy);
  }

  /** The server that its name left is a copy again, made anew. */
  public async repair(): Promise<void> {
    const { copy, writer } = this;
    await copy.powerOff();
    await this.engine.startCopy(copy, writer);
  }
}

function engineOf(lab: HostLab<ManagedBlueprint>, name: Paired): Engine {
  const { database, redis } = lab.blueprint;
  if (name === "postgres") return postgresEngine(database, secretValue(lab, "database-owner", "DB_PASSWORD"));
  const instance = redis.instances.find((one) => one.name === name);
  if (instance === undefined) throw new Error(`the blueprint has no Redis for ${name}`);
  return redisEngine(instance, secretValue(lab, "redis-cache", "ELASTICACHE_PASSWORD"));
}

/** A value that the stack generated, as AWS's services and the hosts have it. */
function secretValue({ platform, blueprint }: HostLab<ManagedBlueprint>, name: string, key: string): string {
  const text = platform.secrets.find((one) => one.name === `${blueprint.names.prefix}/${name}`)?.value ?? "{}";
  const value = z.record(z.string(), z.string()).parse(JSON.parse(text))[key];
  if (value === undefined) throw new Error(`secret ${name}: has no ${key} in the stack`);
  return value;
}
