import assert from "node:assert/strict";
import { models } from "../../../lab/cloud/aws/catalogue";
import { create, remove, update, type AwsSettings } from "../../../lab/cloud/aws/operations";
import { check } from "../../../lab/cloud/check";
import type { AwsModel } from "../../../lab/cloud/aws/model";
import type { Made } from "../../../lab/cloud/package";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import { CloudRecord } from "../../../lab/cloud/record";

/** The moment of every call, unless a test moves it. */
export const NOW = new Date("2026-01-01T00:00:00Z");

/** The model of a type. */
export function modelOf(type: string): AwsModel {
  const model = models.get(type);
  assert.ok(model !== undefined, `${type} is not modelled`);
  return model;
}

/** An empty account whose calls go through Check, as the engine's do. */
export class Account {
  public readonly record = new CloudRecord();
  public now = NOW;

  public constructor(public readonly settings: AwsSettings = { region: "us-east-1", defaultTags: {} }) {}

  public checked(type: string, news: Properties, name = "it"): Properties {
    const { inputs, failures } = check(modelOf(type), { name, olds: {}, news, seed: new Uint8Array() });
    assert.deepEqual(failures, [], `${type} is refused by Check`);
    return inputs;
  }

  public make(type: string, news: Properties, name = "it"): Made {
    return create(this.record, modelOf(type), this.settings, this.checked(type, news, name), this.now);
  }

  public change(type: string, made: Made, news: Properties): Properties {
    const checked = check(modelOf(type), { name: "it", olds: made.properties, news, seed: new Uint8Array() });
    assert.deepEqual(checked.failures, []);
    return update(this.record, modelOf(type), this.settings, made.id, regionOf(made), checked.inputs, this.now);
  }

  public delete(type: string, made: Made): void {
    remove(this.record, models, modelOf(type), made.id, regionOf(made), this.now);
  }

  /** Asserts that a call is refused with this AWS error code, and that nothing was changed by it. */
  public refused(code: string, call: () => unknown): void {
    const before = JSON.stringify(this.record.data());
    assert.throws(call, (fault: unknown) => fault instanceof Error && fault.message.includes(`api error ${code}: `), `expected ${code}`);
    assert.equal(JSON.stringify(this.record.data()), before, "a refused call changed the record");
  }

  public refusesToMake(code: string, type: string, news: Properties): void {
    const inputs = this.checked(type, news);
    this.refused(code, () => create(this.record, modelOf(type), this.settings, inputs, this.now));
  }
}

/** Asserts that Check refuses inputs at a property. */
export function refusedByCheck(type: string, news: Properties, property: string): void {
  const { failures } = check(modelOf(type), { name: "it", olds: {}, news, seed: new Uint8Array() });
  assert.deepEqual([...new Set(failures.map((failure) => failure.property))], [property]);
}

function regionOf(made: Made): string {
  return typeof made.properties["region"] === "string" ? made.properties["region"] : "global";
}

/** A VPC with an internet gateway and a subnet in zones a and b. */
export interface Network {
  vpc: Made;
  gateway: Made;
  subnetA: Made;
  subnetB: Made;
}

export function network(account: Account): Network {
  const vpc = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const gateway = account.make("aws:ec2/internetGateway:InternetGateway", { vpcId: vpc.id });
  const subnet = (cidrBlock: string, availabilityZone: string): Made => account.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock, availabilityZone });
  return { vpc, gateway, subnetA: subnet("10.0.1.0/24", "us-east-1a"), subnetB: subnet("10.0.2.0/24", "us-east-1b") };
}

/** A role for EC2 with an instance profile. */
export function profile(account: Account): { role: Made; profile: Made } {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  });
  const role = account.make("aws:iam/role:Role", { name: "host", assumeRolePolicy });
  return { role, profile: account.make("aws:iam/instanceProfile:InstanceProfile", { name: "host", role: mustText(role.properties, "name") }) };
}
