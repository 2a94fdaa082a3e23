import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsPackage } from "../../../lab/cloud/aws";
import { topLevel } from "../../../lab/cloud/difference";
import { mustText, UNKNOWN, type Properties } from "../../../lab/cloud/properties";
import { RecordFile } from "../../../lab/cloud/recordFile";
import type { RecordData } from "../../../lab/cloud/record";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

describe("embedded cloud: as the engine uses it", () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "embedded-cloud-"));
    path = join(folder, "record.json");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function provider(settings: Properties = {}): AwsPackage {
    const cloud = new AwsPackage(new RecordFile(path));
    cloud.configure({ region: "us-east-1", ...settings });
    return cloud;
  }

  const checked = (cloud: AwsPackage, type: string, news: Properties, olds: Properties = {}): Properties =>
    cloud.check(type, { name: "main", olds, news, seed: new Uint8Array([7]) }).inputs;

  it("previews a create with unknown ids, known inputs and known tags, and writes nothing", async () => {
    const cloud = provider({ defaultTags: JSON.stringify({ tags: { Project: "bundler" } }) });
    const made = await cloud.create(VPC, checked(cloud, VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } }), "preview");
    assert.equal(made.id, "");
    assert.equal(made.properties["arn"], UNKNOWN);
    assert.equal(made.properties["enableDnsHostnames"], UNKNOWN);
    assert.equal(made.properties["cidrBlock"], "10.0.0.0/16");
    assert.deepEqual(made.properties["tagsAll"], { Project: "bundler", Name: "a" });
    assert.throws(() => readFileSync(path), /ENOENT/);
  });

  it("judges nothing that is not known yet", () => {
    const cloud = provider();
    assert.deepEqual(cloud.check(SUBNET, { name: "s", olds: {}, news: { vpcId: UNKNOWN, cidrBlock: UNKNOWN }, seed: new Uint8Array() }).failures, []);
  });

  it("refuses types, properties and settings that nobody modelled", async () => {
    const cloud = provider();
    await assert.rejects(cloud.create("aws:sqs/queue:Queue", {}, "deploy"), /does not model aws:sqs\/queue:Queue/);
    const failures = (news: Properties): string[] =>
      cloud.check(VPC, { name: "v", olds: {}, news: { cidrBlock: "10.0.0.0/16", ...news }, seed: new Uint8Array() }).failures.map((one) => one.property);
    assert.deepEqual(failures({ ipv4IpamPoolId: "x" }), ["ipv4IpamPoolId"]);
    assert.deepEqual(failures({ cidrBlok: "x" }), ["cidrBlok"]);
    assert.deepEqual(failures({ enableDnsSupport: "yes" }), ["enableDnsSupport"]);
    assert.deepEqual(
      cloud.checkConfig({ region: "us-east-1", assumeRoles: "[]" }).failures.map((one) => one.property),
      ["assumeRoles"],
    );
    assert.deepEqual(
      cloud.checkConfig({ region: "mars-1" }).failures.map((one) => one.property),
      ["region"],
    );
    assert.deepEqual(
      cloud.checkConfig({ region: "us-east-1", allowedAccountIds: '["210987654321"]' }).failures.map((one) => one.property),
      ["allowedAccountIds"],
    );
    assert.deepEqual(cloud.checkConfig({ region: "us-east-1", allowedAccountIds: '["123456789012"]' }).failures, []);
  });

  it("keeps the name it made, and makes another for another seed", () => {
    const cloud = provider();
    const first = checked(cloud, GROUP, { vpcId: "v" });
    assert.match(mustText(first, "name"), /^main-[0-9a-f]{7}$/);
    assert.deepEqual(first["__defaults"], ["description", "name", "revokeRulesOnDelete"]);
    assert.equal(cloud.check(GROUP, { name: "main", olds: first, news: { vpcId: "v" }, seed: new Uint8Array([8]) }).inputs["name"], first["name"]);
    assert.notEqual(cloud.check(GROUP, { name: "main", olds: {}, news: { vpcId: "v" }, seed: new Uint8Array([8]) }).inputs["name"], first["name"]);
  });

  it("finds no change in what was just made, and each change at its depth", async () => {
    const cloud = provider();
    const inputs = checked(cloud, VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } });
    const made = await cloud.create(VPC, inputs, "deploy");
    assert.deepEqual(cloud.diff(VPC, made.properties, inputs, inputs).changes, []);
    const tagged = checked(cloud, VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "b", "a:b": "c" } });
    assert.deepEqual(
      cloud.diff(VPC, made.properties, inputs, tagged).changes.map((one) => [one.path, one.kind, one.effect]),
      [
        ["tags.Name", "update", "update"],
        ['tags["a:b"]', "add", "update"],
      ],
    );
    const moved = cloud.diff(VPC, made.properties, inputs, checked(cloud, VPC, { cidrBlock: "10.1.0.0/16", tags: { Name: "a" } })).changes;
    assert.deepEqual(moved, [{ path: "cidrBlock", kind: "update", effect: "replace", of: "input" }]);
  });

  it("sees another region and other default tags as changes of every resource", async () => {
    const cloud = provider();
    const inputs = checked(cloud, VPC, { cidrBlock: "10.0.0.0/16" });
    const made = await cloud.create(VPC, inputs, "deploy");
    const diffWith = (settings: Properties): string[] =>
      provider(settings)
        .diff(VPC, made.properties, inputs, inputs)
        .changes.map((one) => `${one.path} ${one.effect}`);
    assert.deepEqual(diffWith({ region: "eu-west-1" }), ["region replace"]);
    assert.deepEqual(diffWith({ defaultTags: '{"tags":{"a":"b"}}' }), ["tagsAll update"]);
    assert.deepEqual(diffWith({}), []);
  });

  it("replaces delete-first only when the program chose a name that it keeps", () => {
    const cloud = provider();
    const named = checked(cloud, GROUP, { name: "web", vpcId: "v" });
    const unnamed = checked(cloud, GROUP, { vpcId: "v" });
    assert.equal(cloud.diff(GROUP, {}, named, checked(cloud, GROUP, { name: "web", vpcId: "w" })).deleteFirst, "yes");
    assert.equal(cloud.diff(GROUP, {}, named, checked(cloud, GROUP, { name: "web2", vpcId: "v" })).deleteFirst, "no");
    assert.equal(cloud.diff(GROUP, {}, unnamed, checked(cloud, GROUP, { vpcId: "w" }, unnamed)).deleteFirst, "no");
  });

  it("sees drift in a refresh, mends it by an update, and misses what was deleted behind its back", async () => {
    const cloud = provider();
    const inputs = checked(cloud, VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } });
    const made = await cloud.create(VPC, inputs, "deploy");
    const clean = await cloud.read(VPC, made.id, made.properties, inputs);
    assert.deepEqual(clean?.inputs, inputs);
    const edit = (change: (data: RecordData) => void): void => {
      const data = JSON.parse(readFileSync(path, "utf8")) as RecordData;
      change(data);
      writeFileSync(path, JSON.stringify(data));
    };
    const key = `${VPC}|us-east-1|${made.id}`;
    edit((data) => {
      const resource = data.resources[key];
      assert.ok(resource !== undefined);
      resource.properties["enableDnsSupport"] = false;
      resource.properties["tags"] = { Name: "a", byHand: "yes" };
    });
    const found = await cloud.read(VPC, made.id, made.properties, inputs);
    assert.ok(found !== undefined);
    const drift = cloud.diff(VPC, found.properties, found.inputs, inputs).changes;
    assert.deepEqual(topLevel(drift).sort(), ["enableDnsSupport", "tags"]);
    await cloud.update(VPC, made.id, found.properties, found.inputs, inputs, "deploy");
    assert.deepEqual((await cloud.read(VPC, made.id, found.properties, found.inputs))?.inputs, inputs);
    edit((data) => {
      data.resources = {};
    });
    assert.equal(await cloud.read(VPC, made.id, made.properties, inputs), undefined);
  });

  it("imports by id with the inputs that would make it", async () => {
    const cloud = provider();
    const inputs = checked(cloud, VPC, { cidrBlock: "10.0.0.0/16" });
    const made = await cloud.create(VPC, inputs, "deploy");
    const found = await cloud.read(VPC, made.id, {}, {});
    assert.deepEqual(cloud.diff(VPC, made.properties, found?.inputs ?? {}, { ...found?.inputs, ...inputs }).changes, []);
    assert.equal(found?.inputs["cidrBlock"], "10.0.0.0/16");
  });

  it("shares one record between processes: nothing is lost when two write at once", async () => {
    const [one, two] = [provider(), provider()];
    const vpc = checked(one, VPC, { cidrBlock: "10.0.0.0/16" });
    const made = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : two).create(VPC, vpc, "deploy")));
    const data = JSON.parse(readFileSync(path, "utf8")) as RecordData;
    assert.deepEqual(
      Object.values(data.resources)
        .map((resource) => resource.id)
        .sort(),
      made.map((resource) => resource.id).sort(),
    );
  });

  it("takes a lock over from a process that died with it", async () => {
    writeFileSync(`${path}.lock`, "999999999");
    const cloud = provider();
    const made = await cloud.create(VPC, checked(cloud, VPC, { cidrBlock: "10.0.0.0/16" }), "deploy");
    assert.match(made.id, /^vpc-/);
  });

  it("ends with an empty record", async () => {
    const cloud = provider();
    const made = await cloud.create(VPC, checked(cloud, VPC, { cidrBlock: "10.0.0.0/16" }), "deploy");
    await cloud.delete(VPC, made.id, made.properties);
    await cloud.delete(VPC, made.id, made.properties);
    assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), { resources: {}, deleted: {} });
  });
});
