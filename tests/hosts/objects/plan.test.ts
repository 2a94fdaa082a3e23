import assert from "node:assert/strict";
import { ellipsis, minioDefaults } from "../../../hosts/objects/minio";
import { objectsPlan } from "../../../hosts/objects/plan";
import type { SelfHostedBlueprint } from "../../../blueprint/types";
import { planHost, renderHosts } from "../../../hosts";
import { goodBlueprint, minioOverrides, ownRegions } from "../../fixtures/good";
import { assertPlanIsWhole, contentOf, hostNamed, hostsWith } from "../plans";

describe("hosts/objects plan", () => {
  const blueprint = goodBlueprint(minioOverrides);
  const plan = objectsPlan(blueprint, hostNamed(blueprint, "minio-1"));

  it("is whole for every objects host", () => {
    for (const one of hostsWith(blueprint, "objects")) {
      assertPlanIsWhole(objectsPlan(blueprint, one));
    }
  });

  it("gives every host the same list of drives and the same parity, as MinIO demands", () => {
    const texts = hostsWith(blueprint, "objects").map((one) => minioDefaults(blueprint, one));
    assert.equal(new Set(texts).size, 1);
    const count = hostsWith(blueprint, "objects").length;
    assert.match(texts[0] ?? "", new RegExp(`^MINIO_VOLUMES="https://minio-\\{1\\.\\.\\.${String(count)}\\}:${String(blueprint.objects.minio?.port)}/`));
    assert.match(texts[0] ?? "", new RegExp(`^MINIO_STORAGE_CLASS_STANDARD="EC:${String(blueprint.objects.minio?.parity)}"$`, "m"));
  });

  it("only the first host makes buckets, and only it has the application's key", () => {
    const second = objectsPlan(blueprint, hostNamed(blueprint, "minio-2"));
    assert.ok(plan.units.includes("bundler-objects.service"));
    assert.deepEqual(second.units, ["minio.service"]);
    assert.ok(!second.secrets.some((secret) => secret.path.endsWith("app.env")));
  });

  it("of two regions the first one's first host joins the sites, each known by one name for all its hosts", () => {
    const { primary, standby } = ownRegions(minioOverrides);
    const sites = (one: SelfHostedBlueprint): unknown =>
      (JSON.parse(contentOf(objectsPlan(one, hostNamed(one, "minio-1")), "/etc/bundler/objects.json")) as { sites: unknown }).sites;
    const named = (name: string): object => ({ name, endpoint: `https://${name}:9000` });
    assert.deepEqual(sites(primary), { own: named("objects-primary"), other: named("objects-standby"), makes: true, pollSeconds: 30 });
    assert.deepEqual(sites(standby), { own: named("objects-standby"), other: named("objects-primary"), makes: false, pollSeconds: 30 });
    assert.equal(sites(blueprint), null);
    const joining = [primary, standby].flatMap((one) =>
      one.hosts
        .filter((host) => host.role === "objects" && planHost(one, host).units.includes("bundler-sites.service"))
        .map(({ name }) => `${one.site} ${name}`),
    );
    assert.deepEqual(joining, ["primary minio-1"]);
    const hostsFile = contentOf(planHost(standby, hostNamed(standby, "minio-2")), "/etc/hosts").split("\n");
    for (const [name, of] of [
      ["objects-primary", primary],
      ["objects-standby", standby],
    ] as const)
      assert.deepEqual(
        hostsFile.filter((line) => line.endsWith(` ${name}`)),
        hostsWith(of, "objects").map(({ address }) => `${address} ${name}`),
      );
    for (const one of primary.hosts.filter(({ role }) => role !== "objects"))
      assert.ok(!contentOf(planHost(primary, one), "/etc/hosts").includes("objects-"), one.name);
    for (const one of [primary, standby]) for (const host of hostsWith(one, "objects")) assertPlanIsWhole(planHost(one, host));
    assert.equal(renderHosts(primary).size, primary.hosts.length);
  });

  it("the application's policy names its buckets, and no action on a bucket but to look", () => {
    const settings = JSON.parse(contentOf(plan, "/etc/bundler/objects.json")) as {
      buckets: string[];
      policy: { Statement: { Action: string[]; Resource: string[] }[] };
    };
    assert.deepEqual(
      settings.buckets,
      blueprint.objects.buckets.map((bucket) => bucket.name),
    );
    const actions = settings.policy.Statement.flatMap((statement) => statement.Action);
    assert.ok(actions.includes("s3:ListBucket"));
    assert.ok(!actions.some((action) => action.includes("*") || /DeleteBucket|PutBucket|CreateBucket/.test(action)));
    assert.ok(settings.policy.Statement.every((statement) => statement.Resource.every((one) => settings.buckets.some((bucket) => one.includes(bucket)))));
  });

  it("writes counting names as MinIO's ellipsis and refuses others", () => {
    assert.equal(ellipsis(["minio-1", "minio-2", "minio-3"]), "minio-{1...3}");
    assert.equal(ellipsis(["/mnt/disk1/minio", "/mnt/disk2/minio"]), "/mnt/disk{1...2}/minio");
    assert.equal(ellipsis(["minio-1"]), "minio-1");
    assert.throws(() => ellipsis(["minio-1", "minio-3"]), /count up from 1/);
    assert.throws(() => ellipsis(["a", "b"]), /count up from 1/);
    assert.throws(() => ellipsis([]), /count up from 1/);
  });

  it("refuses a stack that keeps its objects in S3, and a host with too few drives", () => {
    assert.throws(() => objectsPlan(goodBlueprint(), hostNamed(blueprint, "minio-1")), /keeps objects in s3/);
    const host = hostNamed(blueprint, "minio-1");
    assert.throws(() => objectsPlan(blueprint, { ...host, volumes: host.volumes.slice(1) }), /drivesPerHost is/);
  });
});
