import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { metadataService } from "../../../lab/hosts/outside/metadata";
import { host, smallPlatform } from "./platform";

describe("the lab's instance metadata", () => {
  let server: Server;
  let base = "";

  before((done) => {
    const platform = { ...smallPlatform(), hosts: [host("edge-1", { address: "127.0.0.1", autoScaling: { group: "edges", target: "Terminated" } })] };
    const credentials = { edge: { accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t" } };
    server = createServer(metadataService(() => platform, { instances: { "edge-1": "i-1" }, credentials }));
    server.listen(0, "127.0.0.1", () => {
      base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      done();
    });
  });
  after(() => server.close());

  async function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${base}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  }

  it("answers with a session's token only", async () => {
    assert.equal((await get("/latest/meta-data/instance-id")).status, 401);
    const token = await (await fetch(`${base}/latest/api/token`, { method: "PUT" })).text();
    assert.deepEqual(await get("/latest/meta-data/instance-id", { "x-aws-ec2-metadata-token": token }), { status: 200, text: "i-1" });
    assert.equal((await get("/latest/meta-data/instance-id", { "x-aws-ec2-metadata-token": "guessed" })).status, 401);
  });

  it("gives the keys of the host's own role and no other", async () => {
    const token = await (await fetch(`${base}/latest/api/token`, { method: "PUT" })).text();
    const headers = { "x-aws-ec2-metadata-token": token };
    assert.equal((await get("/latest/meta-data/iam/security-credentials/", headers)).text, "edge");
    assert.equal((JSON.parse((await get("/latest/meta-data/iam/security-credentials/edge", headers)).text) as { AccessKeyId: string }).AccessKeyId, "ASIA1");
    assert.equal((await get("/latest/meta-data/iam/security-credentials/database", headers)).status, 404);
  });

  it("says what a machine's group wants of it", async () => {
    const token = await (await fetch(`${base}/latest/api/token`, { method: "PUT" })).text();
    const headers = { "x-aws-ec2-metadata-token": token };
    assert.equal((await get("/latest/meta-data/autoscaling/target-lifecycle-state", headers)).text, "Terminated");
  });

  it("gives the host its user data as it is", async () => {
    assert.deepEqual(await get("/latest/user-data", { "user-agent": "Cloud-Init/25" }), { status: 200, text: "data" });
  });
});
