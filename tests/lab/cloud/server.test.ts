import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { AwsPackage } from "../../../lab/cloud/aws";
import { RecordFile } from "../../../lab/cloud/recordFile";
import { serve, type Served } from "../../../lab/cloud/server";

const { Struct } = createRequire(require.resolve("@pulumi/pulumi/proto/provider_pb"))(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof import("google-protobuf/google/protobuf/struct_pb");
const { Empty } = createRequire(require.resolve("@pulumi/pulumi/proto/provider_pb"))(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof import("google-protobuf/google/protobuf/empty_pb");

const urn = "urn:pulumi:s::p::ha:network:Network$aws:ec2/vpc:Vpc::main";

describe("embedded cloud: a provider on the wire", function () {
  this.timeout(20_000);
  let folder: string;
  let provider: Served;
  let client: ResourceProviderClient;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "embedded-provider-"));
    const file = new RecordFile(join(folder, "record.json"));
    provider = await serve(() => new AwsPackage(file), "7.48.0");
    client = connect();
  });

  after(() => {
    client.close();
    provider.close();
    rmSync(folder, { recursive: true });
  });

  // A channel of its own, as each of an engine's providers has; clients of one process would share one.
  const connect = (): ResourceProviderClient =>
    new ResourceProviderClient(`127.0.0.1:${String(provider.port)}`, grpc.credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });

  function call<Response>(start: (done: (fault: grpc.ServiceError | null, response: Response) => void) => unknown): Promise<Response> {
    return new Promise((resolveCall, reject) => {
      start((fault, response) => {
        if (fault === null) resolveCall(response);
        else reject(fault);
      });
    });
  }

  it("says its version and that it wants plain values", async () => {
    const info = await call<{ getVersion: () => string }>((done) => client.getPluginInfo(new Empty(), done));
    assert.equal(info.getVersion(), "7.48.0");
    const shake = await call<messages.ProviderHandshakeResponse>((done) => client.handshake(new messages.ProviderHandshakeRequest(), done));
    assert.equal(shake.getAcceptSecrets(), false);
  });

  it("checks, creates, finds and deletes over the wire, and passes AWS's errors on", async () => {
    const configured = await call<messages.ConfigureResponse>((done) =>
      client.configure(new messages.ConfigureRequest().setArgs(Struct.fromJavaScript({ region: "us-east-1" })), done),
    );
    assert.equal(configured.getSupportspreview(), true);
    const checked = await call<messages.CheckResponse>((done) =>
      client.check(new messages.CheckRequest().setUrn(urn).setNews(Struct.fromJavaScript({ cidrBlock: "10.0.0.0/16", tags: { Name: "a" } })), done),
    );
    assert.deepEqual(checked.getFailuresList(), []);
    const made = await call<messages.CreateResponse>((done) =>
      client.create(new messages.CreateRequest().setUrn(urn).setProperties(checked.getInputs()), done),
    );
    assert.match(made.getId(), /^vpc-0/);
    const moved = await call<messages.CheckResponse>((done) =>
      client.check(new messages.CheckRequest().setUrn(urn).setNews(Struct.fromJavaScript({ cidrBlock: "10.1.0.0/16" })), done),
    );
    const diff = await call<messages.DiffResponse>((done) =>
      client.diff(new messages.DiffRequest().setUrn(urn).setOlds(made.getProperties()).setOldInputs(checked.getInputs()).setNews(moved.getInputs()), done),
    );
    assert.deepEqual(diff.getReplacesList(), ["cidrBlock"]);
    assert.equal(diff.getDetaileddiffMap().get("tags")?.getKind(), messages.PropertyDiff.Kind.DELETE);
    const wide = await call<messages.CheckResponse>((done) =>
      client.check(new messages.CheckRequest().setUrn(urn).setNews(Struct.fromJavaScript({ cidrBlock: "10.0.0.0/8" })), done),
    );
    await assert.rejects(
      call<messages.CreateResponse>((done) => client.create(new messages.CreateRequest().setUrn(urn).setProperties(wide.getInputs()), done)),
      /creating EC2 VPC: operation error EC2: CreateVpc, .* api error InvalidVpc\.Range: /,
    );
    const read = await call<messages.ReadResponse>((done) =>
      client.read(new messages.ReadRequest().setUrn(urn).setId(made.getId()).setProperties(made.getProperties()).setInputs(checked.getInputs()), done),
    );
    assert.deepEqual(read.getInputs()?.toJavaScript(), checked.getInputs()?.toJavaScript());
    await call((done) => client.delete(new messages.DeleteRequest().setUrn(urn).setId(made.getId()).setProperties(made.getProperties()), done));
    const gone = await call<messages.ReadResponse>((done) =>
      client.read(new messages.ReadRequest().setUrn(urn).setId(made.getId()).setProperties(made.getProperties()), done),
    );
    assert.equal(gone.getId(), "");
  });

  it("refuses functions, which the program has no need of", async () => {
    await assert.rejects(
      call<messages.InvokeResponse>((done) => client.invoke(new messages.InvokeRequest().setTok("aws:ec2/getAmi:getAmi"), done)),
      /does not model the function aws:ec2\/getAmi:getAmi/,
    );
  });

  it("keeps the settings of each connection apart: one provider a region", async () => {
    const other = connect();
    const configure = (one: ResourceProviderClient, region: string): Promise<unknown> =>
      call((done) => one.configure(new messages.ConfigureRequest().setArgs(Struct.fromJavaScript({ region })), done));
    const regionOf = async (one: ResourceProviderClient): Promise<unknown> => {
      const inputs = Struct.fromJavaScript({ cidrBlock: "10.7.0.0/16" });
      const made = await call<messages.CreateResponse>((done) => one.create(new messages.CreateRequest().setUrn(urn).setProperties(inputs), done));
      return made.getProperties()?.toJavaScript()["region"];
    };
    await configure(client, "us-east-1");
    await configure(other, "eu-west-1");
    assert.deepEqual([await regionOf(client), await regionOf(other)], ["us-east-1", "eu-west-1"]);
    other.close();
  });
});
