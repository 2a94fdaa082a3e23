import assert from "node:assert/strict";
import { exportsSchema } from "../../exports/contract";
import type { Lab } from "../../lab/engine/lab";
import { managedOverrides, minioOverrides } from "../fixtures/good";
import { dataIn, dataTypes, missing } from "./data";
import { recordOf, stackText, succeeded, up, useLab } from "./harness";

type Hosting = "selfHosted" | "managed";
type Move = "copy" | "cutOver" | "letGo" | null;

interface Step {
  op: string;
  urn: string;
  newState?: { type: string };
  /** Properties that change. */
  diffReasons?: string[];
}

const stack = "level1";

/** Steps of one stack's move, each a `pulumi up`. */
class Stack {
  public constructor(
    private readonly lab: Lab,
    private readonly overrides: Record<string, unknown>,
  ) {}

  public config(hosting: Hosting, hostingMove: Move): string {
    // When nothing moves and managed services are used, objects are in S3.
    const objects = hosting === "managed" && hostingMove === null ? { objectStore: "s3", minioUrl: null, minioSha256: null } : {};
    return stackText({ ...managedOverrides, ...this.overrides, ...objects, hosting, hostingMove });
  }

  /** What a preview says will happen, `op type name`, beside what stays, only has other tags, or is the choice of hosting itself. */
  public async plan(hosting: Hosting, move: Move): Promise<string[]> {
    const { steps } = (await this.lab.json(["preview", "--json", "--non-interactive"], { stack, config: this.config(hosting, move) })) as { steps: Step[] };
    return steps
      .filter(({ urn }) => !urn.endsWith(`::bundler-${stack}-hosting`))
      .filter(({ op, diffReasons }) => op !== "same" && !(op === "update" && diffReasons?.every((reason) => reason.startsWith("tags")) === true))
      .map(
        ({ op, urn }) =>
          `${op} ${urn
            .split("::")
            .slice(2)
            .join(" ")
            .replace(/^\S*\$/, "")}`,
      );
  }

  /** Takes the step, of which a preview must say the same. Gives what the preview said. */
  public async take(hosting: Hosting, move: Move): Promise<string[]> {
    const planned = await this.plan(hosting, move);
    const config = this.config(hosting, move);
    succeeded(await this.lab.capture(up, { stack, config }));
    succeeded(await this.lab.capture(["preview", "--expect-no-changes", "--non-interactive"], { stack, config }));
    return planned;
  }

  /** Says that a preview refuses the step, since something is protected. */
  public async isRefused(hosting: Hosting, move: Move, command = ["preview", "--non-interactive"]): Promise<void> {
    const { status, stdout, stderr } = await this.lab.capture(command, { stack, config: this.config(hosting, move) });
    assert.notEqual(status, 0, stdout);
    assert.match(`${stdout}${stderr}`, /protected|marked for protection/);
  }

  /** Says that the step is refused also without a preview, and that then nothing was made, changed or deleted. */
  public async isRefusedAtOnce(hosting: Hosting, move: Move): Promise<void> {
    const before = recordOf(this.lab);
    await this.isRefused(hosting, move, up);
    assert.deepEqual(recordOf(this.lab), before);
  }

  public async used(): Promise<unknown> {
    return exportsSchema.parse(await this.lab.json(["stack", "output", "--json"], { stack })).facts["hosting"];
  }
}

/** Resources of the cloud that keep data; a load balancer's logs and the platform's own programs are none. */
function data(lab: Lab): Set<string> {
  return new Set([...dataIn(lab)].filter((one) => !/-(access-logs|programs)$/.test(one)));
}

/** Machines by the host or the group that they are, with their ids. */
function machines(lab: Lab, role: RegExp): string[] {
  return recordOf(lab)
    .filter(({ type }) => type === "aws:ec2/instance:Instance")
    .map(({ id, properties }) => `${String((properties["tags"] as Record<string, unknown>)["ha:host"])} ${id}`)
    .filter((one) => role.test(one))
    .sort();
}

function of(type: string, lab: Lab): string[] {
  return recordOf(lab)
    .filter((resource) => resource.type === type)
    .map(({ id }) => id);
}

/** Those of a plan's lines that would take something away, or make it anew. */
function lost(plan: readonly string[]): string[] {
  return plan.filter((line) => !/^(create|update) /.test(line));
}

function replaced(plan: readonly string[]): string[] {
  return plan.filter((line) => line.includes("replace"));
}

function ofData(plan: readonly string[]): string[] {
  return plan.filter((line) => dataTypes.some((type) => line.includes(` ${type} `)) && !/-(access-logs|logs-bucket|programs-bucket)$|-programs-/.test(line));
}

/** Each step is a test of its own, and begins where the one before it ended. */
describe("own hosts with MinIO to managed services, level 1", function () {
  this.timeout(300_000);
  const lab = useLab();
  const stores = /^(db|redis|minio)-/;
  let moved: Stack;
  let [own, both] = [new Set<string>(), new Set<string>()];
  let hosts: string[] = [];

  it("refuses the other hosting without its step, and a cut-over that nothing was copied for", async () => {
    await lab().ensureStack(stack);
    moved = new Stack(lab(), minioOverrides);
    await moved.take("selfHosted", null);
    own = data(lab());
    hosts = machines(lab(), /./);
    await moved.isRefused("managed", null);
    for (const move of [null, "cutOver", "letGo"] as const) await moved.isRefusedAtOnce("managed", move);
  });

  it("copy: makes the managed stores beside the hosts, which stay and are used", async () => {
    const copy = await moved.take("managed", "copy");
    assert.deepEqual(
      copy.filter((line) => !/^create /.test(line)).sort(),
      ["api", "worker"].map((role) => `update aws:iam/rolePolicy:RolePolicy bundler-level1-app-${role}-policy`),
    );
    assert.deepEqual(machines(lab(), /./), hosts);
    assert.deepEqual(missing(own, data(lab())), []);
    assert.equal(of("aws:rds/instance:Instance", lab()).length, 1);
    assert.equal(of("aws:elasticache/replicationGroup:ReplicationGroup", lab()).length, 2);
    assert.deepEqual(of("aws:autoscaling/group:Group", lab()), []);
    assert.equal(await moved.used(), "selfHosted");
    both = data(lab());
  });

  it("cutOver: replaces nothing, deletes no data and no host that has some, and uses managed services", async () => {
    const cutOver = await moved.take("managed", "cutOver");
    assert.deepEqual(replaced(cutOver), []);
    assert.deepEqual(ofData(lost(cutOver)), []);
    assert.deepEqual(missing(both, data(lab())), []);
    assert.deepEqual(
      machines(lab(), /./),
      hosts.filter((host) => stores.test(host)),
    );
    assert.equal(of("aws:autoscaling/group:Group", lab()).length, 2);
    assert.equal(await moved.used(), "managed");
    await moved.isRefused("managed", null);
  });

  it("copy again: uses own hosts again, whose stores are what they were", async () => {
    const back = await moved.take("managed", "copy");
    assert.deepEqual(replaced(back), []);
    assert.deepEqual(ofData(lost(back)), []);
    assert.deepEqual(missing(both, data(lab())), []);
    assert.deepEqual(
      machines(lab(), stores),
      hosts.filter((host) => stores.test(host)),
    );
    assert.equal(await moved.used(), "selfHosted");
  });

  it("letGo: deletes nothing", async () => {
    assert.deepEqual(ofData(lost(await moved.take("managed", "cutOver"))), []);
    assert.deepEqual(lost(await moved.take("managed", "letGo")), []);
    assert.deepEqual(missing(both, data(lab())), []);
  });

  it("ends as managed services alone, to which own hosts are refused", async () => {
    await moved.take("managed", null);
    assert.deepEqual(machines(lab(), /./), []);
    assert.deepEqual(of("aws:ebs/volume:Volume", lab()), []);
    assert.deepEqual(
      [...both].filter((one) => !own.has(one) && !data(lab()).has(one)),
      [],
    );
    await moved.isRefusedAtOnce("selfHosted", null);
  });
});

describe("managed services to own hosts, level 2", function () {
  this.timeout(300_000);
  const lab = useLab();
  let moved: Stack;
  let [managed, both] = [new Set<string>(), new Set<string>()];
  let hosts: string[] = [];

  it("refuses the other hosting without its step, and a cut-over that nothing was copied for", async () => {
    await lab().ensureStack(stack);
    // It is begun twice: a secret that may be had back would keep its name from the second time.
    moved = new Stack(lab(), { level: 2, secretRecoveryWindowDays: 0 });
    await moved.take("managed", null);
    managed = data(lab());
    await moved.isRefused("selfHosted", null);
    for (const move of [null, "cutOver", "letGo"] as const) await moved.isRefusedAtOnce("selfHosted", move);
  });

  it("copy: makes the hosts that keep data beside the managed services, which stay and are used", async () => {
    assert.deepEqual(lost(await moved.take("selfHosted", "copy")), []);
    assert.deepEqual(missing(managed, data(lab())), []);
    assert.equal(machines(lab(), /^(db|redis)-/).length, 6);
    assert.equal(machines(lab(), /./).length, 6);
    assert.equal(await moved.used(), "managed");
  });

  it("can be given up: lets the new stores go, and uses the former hosting on", async () => {
    await moved.isRefused("managed", null);
    assert.deepEqual(lost(await moved.take("managed", "letGo")), []);
    await moved.take("managed", null);
    assert.deepEqual(machines(lab(), /./), []);
    assert.deepEqual(missing(managed, data(lab())), []);
  });

  it("cutOver: replaces nothing, deletes no data, and uses the hosts", async () => {
    await moved.take("selfHosted", "copy");
    both = data(lab());
    hosts = machines(lab(), /./);
    const cutOver = await moved.take("selfHosted", "cutOver");
    assert.deepEqual(replaced(cutOver), []);
    assert.deepEqual(ofData(lost(cutOver)), []);
    assert.deepEqual(missing(both, data(lab())), []);
    assert.deepEqual(machines(lab(), /^(db|redis)-/), hosts);
    assert.equal(machines(lab(), /^(api|worker|edge)-/).length, 11);
    assert.deepEqual(of("aws:autoscaling/group:Group", lab()), []);
    assert.equal(await moved.used(), "selfHosted");
    await moved.isRefused("selfHosted", null);
  });

  it("letGo: deletes nothing", async () => {
    assert.deepEqual(lost(await moved.take("selfHosted", "letGo")), []);
    assert.deepEqual(missing(both, data(lab())), []);
  });

  it("ends as own hosts alone, with the buckets that both have used", async () => {
    await moved.take("selfHosted", null);
    assert.deepEqual(of("aws:rds/cluster:Cluster", lab()), []);
    assert.deepEqual(of("aws:elasticache/replicationGroup:ReplicationGroup", lab()), []);
    assert.equal(of("aws:s3/bucket:Bucket", lab()).length, 2);
    assert.deepEqual(machines(lab(), /^(db|redis)-/), hosts);
  });
});
