import assert from "node:assert/strict";
import { needsOf, objectOf, type Call } from "../../../lab/hosts/outside/calls";
import { refused } from "../../../lab/hosts/outside/permissions";
import type { PolicyStatement } from "../../../lab/hosts/platform";
import { smallPlatform } from "./platform";

const allow = (action: string, resource: string, conditions: PolicyStatement["conditions"] = {}): PolicyStatement => ({
  effect: "Allow",
  actions: [action],
  resources: [resource],
  conditions,
});
const need = (
  action: string,
  resource: string,
  context: Record<string, string> = {},
): { action: string; resource: string; context: Record<string, string> } => ({
  action,
  resource,
  context,
});

describe("a role's policy in the lab", () => {
  it("permits what it names, by pattern, and nothing else", () => {
    const statements = [allow("s3:Get*", "arn:aws:s3:::items/*")];
    assert.equal(refused(statements, [need("s3:GetObject", "arn:aws:s3:::items/a")]), undefined);
    assert.equal(refused(statements, [need("s3:PutObject", "arn:aws:s3:::items/a")])?.action, "s3:PutObject");
    assert.equal(refused(statements, [need("s3:GetObject", "arn:aws:s3:::other/a")])?.resource, "arn:aws:s3:::other/a");
    assert.ok(refused([], [need("s3:GetObject", "x")]));
  });

  it("lets a deny win", () => {
    const statements = [allow("s3:*", "*"), { ...allow("s3:DeleteObject", "*"), effect: "Deny" as const }];
    assert.ok(refused(statements, [need("s3:DeleteObject", "arn:aws:s3:::items/a")]));
  });

  it("holds conditions, and takes one that it does not know against the caller", () => {
    const via = { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } };
    const decrypt = (context: Record<string, string>): unknown => refused([allow("kms:Decrypt", "*", via)], [need("kms:Decrypt", "k", context)]);
    assert.equal(decrypt({ "kms:ViaService": "s3.us-east-1.amazonaws.com" }), undefined);
    assert.ok(decrypt({ "kms:ViaService": "ec2.us-east-1.amazonaws.com" }));
    assert.ok(decrypt({}));
    assert.ok(refused([allow("kms:Decrypt", "*", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })], [need("kms:Decrypt", "k")]));
  });
});

describe("what an AWS call needs", () => {
  const platform = smallPlatform();
  const call = (changes: Partial<Call>): Call => ({ service: "s3", method: "GET", host: "", url: "/", target: "", copySource: "", body: "", ...changes });

  it("is the secret and its key", () => {
    const needs = needsOf(call({ service: "secretsmanager", target: "secretsmanager.GetSecretValue", body: '{"SecretId":"bundler/wallet"}' }), platform);
    assert.deepEqual(
      needs?.map(({ action }) => action),
      ["secretsmanager:GetSecretValue", "kms:Decrypt"],
    );
  });

  it("is the address and the instance that takes it, with the instance's tags", () => {
    const body = new URLSearchParams({ Action: "AssociateAddress", AllocationId: "eipalloc-1", InstanceId: "i-edge-1" }).toString();
    const needs = needsOf(call({ service: "ec2", method: "POST", body }), platform);
    assert.deepEqual(
      needs?.map(({ resource }) => resource.split(":").at(-1)),
      ["elastic-ip/eipalloc-1", "instance/i-edge-1"],
    );
    assert.equal(needs[1]?.context?.["aws:ResourceTag/ha:role"], "edge");
  });

  it("is the object, whichever way its bucket is named", () => {
    assert.deepEqual(objectOf("items.s3.us-east-1.amazonaws.com", "/a/b?x=1"), { bucket: "items", key: "a/b" });
    assert.deepEqual(objectOf("s3.us-east-1.amazonaws.com", "/items/a/b"), { bucket: "items", key: "a/b" });
    assert.deepEqual(
      needsOf(call({ method: "PUT", host: "items.s3.us-east-1.amazonaws.com", url: "/a" }), platform)?.map(({ action }) => action),
      ["s3:PutObject"],
    );
  });

  it("is unknown for a call that the lab does not know, which is then refused", () => {
    assert.equal(needsOf(call({ service: "dynamodb" }), platform), undefined);
    assert.equal(needsOf(call({ service: "ec2", method: "POST", body: "Action=TerminateInstances" }), platform), undefined);
    assert.equal(needsOf(call({ service: "secretsmanager", target: "secretsmanager.GetSecretValue", body: '{"SecretId":"other"}' }), platform), undefined);
  });

  it("knows whose lifecycle hook is completed, and whose metrics are put", () => {
    const scaled = { ...platform, groups: [{ name: "workers", arn: "arn:workers" }] };
    const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
    const completed = (name: string): unknown =>
      needsOf(call({ service: "autoscaling", method: "POST", body: form({ Action: "CompleteLifecycleAction", AutoScalingGroupName: name }) }), scaled);
    assert.deepEqual(completed("workers"), [{ action: "autoscaling:CompleteLifecycleAction", resource: "arn:workers" }]);
    assert.equal(completed("others"), undefined);
    assert.deepEqual(needsOf(call({ service: "monitoring", method: "POST", body: form({ Action: "PutMetricData", Namespace: "Bundler" }) }), scaled), [
      { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": "Bundler" } },
    ]);
  });
});
