import assert from "node:assert/strict";
import { mustText, objectAt, type Properties } from "../../../lab/cloud/properties";
import { difference } from "../../../lab/cloud/difference";
import type { Made } from "../../../lab/cloud/package";
import { Account, modelOf, network, profile, refusedByCheck, type Network } from "./account";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const VOLUME = "aws:ebs/volume:Volume";
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const IMAGE = "resolve:ssm:/aws/service/debian/release/13/latest/arm64";

const base64 = (bytes: number): string => Buffer.alloc(bytes, "x").toString("base64");

interface Hosts extends Network {
  account: Account;
  group: Made;
  template: Made;
  launch: (more: Properties) => Properties;
}

function hosts(more: Properties = {}): Hosts {
  const account = new Account();
  const net = network(account);
  profile(account);
  const group = account.make(GROUP, { name: "host", vpcId: net.vpc.id });
  const template = account.make(TEMPLATE, {
    name: "host",
    imageId: IMAGE,
    instanceType: "t4g.medium",
    iamInstanceProfile: { name: "host" },
    vpcSecurityGroupIds: [group.id],
    metadataOptions: { httpTokens: "required" },
    userData: base64(10),
    ...more,
  });
  const launch = (extra: Properties): Properties => ({ launchTemplate: { id: template.id, version: "$Latest" }, subnetId: net.subnetA.id, ...extra });
  return { account, ...net, group, template, launch };
}

describe("embedded cloud: instances", () => {
  it("launches from a template what the template says", () => {
    const { account, launch, group, subnetA } = hosts();
    const made = account.make(INSTANCE, launch({ privateIp: "10.0.1.10" }));
    assert.match(mustText(made.properties, "ami"), /^ami-[0-9a-f]{17}$/);
    assert.equal(made.properties["instanceType"], "t4g.medium");
    assert.equal(made.properties["availabilityZone"], subnetA.properties["availabilityZone"]);
    assert.deepEqual(made.properties["vpcSecurityGroupIds"], [group.id]);
    assert.equal(objectAt(made.properties, "metadataOptions")?.["httpTokens"], "required");
    assert.equal(made.properties["privateDns"], "ip-10-0-1-10.ec2.internal");
  });

  it("refuses an address outside the subnet, reserved, or in use", () => {
    const { account, launch } = hosts();
    account.make(INSTANCE, launch({ privateIp: "10.0.1.10" }));
    account.refusesToMake("InvalidIPAddress.InUse", INSTANCE, launch({ privateIp: "10.0.1.10" }));
    account.refusesToMake("InvalidParameterValue", INSTANCE, launch({ privateIp: "10.0.2.10" }));
    account.refusesToMake("InvalidParameterValue", INSTANCE, launch({ privateIp: "10.0.1.3" }));
    account.refusesToMake("InvalidParameterValue", INSTANCE, launch({ privateIp: "10.0.1.255" }));
  });

  it("leaves explicit reservations alone when it chooses an address", () => {
    const { account, launch, subnetA } = hosts();
    account.make("aws:ec2/subnetCidrReservation:SubnetCidrReservation", { subnetId: subnetA.id, cidrBlock: "10.0.1.128/25", reservationType: "explicit" });
    assert.equal(account.make(INSTANCE, launch({})).properties["privateIp"], "10.0.1.127");
  });

  it("refuses groups of another VPC, unknown profiles, types, images and templates", () => {
    const { account, launch, subnetA } = hosts();
    const other = account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" });
    const stranger = account.make(GROUP, { name: "host", vpcId: other.id });
    account.refusesToMake("InvalidParameter", INSTANCE, launch({ vpcSecurityGroupIds: [stranger.id] }));
    account.refusesToMake("InvalidParameterValue", INSTANCE, launch({ iamInstanceProfile: "nobody" }));
    account.refusesToMake("InvalidParameterValue", INSTANCE, launch({ instanceType: "t4g.48xlarge" }));
    account.refusesToMake("InvalidParameterValue", INSTANCE, launch({ instanceType: "z9.large" }));
    account.refusesToMake("InvalidAMIID.Malformed", INSTANCE, launch({ ami: "debian-13" }));
    account.refusesToMake("InvalidLaunchTemplateId.NotFound", INSTANCE, { subnetId: subnetA.id, launchTemplate: { id: "lt-0" } });
    account.refusesToMake("InvalidLaunchTemplateId.VersionNotFound", INSTANCE, launch({ launchTemplate: { name: "host", version: "7" } }));
    account.refusesToMake("MissingParameter", INSTANCE, { subnetId: subnetA.id, instanceType: "t4g.medium" });
    account.refusesToMake("InvalidSubnetID.NotFound", INSTANCE, launch({ subnetId: "subnet-0" }));
  });

  it("takes 16384 bytes of user data and not one more", () => {
    const { account } = hosts({ userData: base64(16_384) });
    account.refusesToMake("InvalidUserData.Malformed", TEMPLATE, { name: "large", userData: base64(16_385) });
    account.refusesToMake("InvalidUserData.Malformed", TEMPLATE, { name: "plain", userData: "#cloud-config" });
  });

  it("counts a template's versions, says so in the preview, and leaves running instances alone", () => {
    const { account, template, launch } = hosts();
    const host = account.make(INSTANCE, launch({}));
    const { name, imageId, iamInstanceProfile } = template.properties as Record<string, Properties[string]> & { name: string };
    const news: Properties = { name, imageId: imageId ?? "", instanceType: "t4g.large", iamInstanceProfile: iamInstanceProfile ?? {} };
    assert.deepEqual(modelOf(TEMPLATE).volatile?.(template.properties, news), ["latestVersion"]);
    const changed = account.change(TEMPLATE, template, news);
    assert.equal(changed["latestVersion"], 2);
    assert.equal(changed["defaultVersion"], 1);
    assert.equal(account.record.get(INSTANCE, "us-east-1", host.id)?.properties["instanceType"], "t4g.medium");
    assert.equal(account.change(TEMPLATE, template, news)["latestVersion"], 2);
    assert.equal(account.make(INSTANCE, launch({})).properties["instanceType"], "t4g.large");
    assert.equal(account.make(INSTANCE, launch({ launchTemplate: { id: template.id } })).properties["instanceType"], "t4g.medium");
  });

  it("replaces an instance for another place or template, and changes its type where it stands", () => {
    const effects = (news: Properties): string[] =>
      difference(modelOf(INSTANCE), { subnetId: "a", instanceType: "t4g.small", launchTemplate: { id: "l", version: "$Latest" } }, news).changes.map(
        (one) => `${one.path} ${one.effect}`,
      );
    assert.deepEqual(effects({ subnetId: "b", instanceType: "t4g.large", launchTemplate: { id: "m", version: "$Latest" } }), [
      "subnetId replace",
      "instanceType update",
      "launchTemplate.id replace",
    ]);
    assert.deepEqual(effects({ launchTemplate: { id: "l", version: "$Latest" } }), []);
  });

  it("keeps a protected instance, and a subnet and a group with instances in them", () => {
    const { account, launch, group, subnetA } = hosts();
    const kept = account.make(INSTANCE, launch({ disableApiTermination: true }));
    account.refused("OperationNotPermitted", () => {
      account.delete(INSTANCE, kept);
    });
    account.refused("DependencyViolation", () => {
      account.delete("aws:ec2/subnet:Subnet", subnetA);
    });
    account.refused("DependencyViolation", () => {
      account.delete(GROUP, group);
    });
    account.change(INSTANCE, kept, launch({ disableApiTermination: false }));
    account.delete(INSTANCE, kept);
    account.delete(GROUP, group);
  });

  it("attaches a volume of the same zone, once, on a free device", () => {
    const { account, launch, subnetB } = hosts();
    const host = account.make(INSTANCE, launch({}));
    const volume = (availabilityZone: string): Made => account.make(VOLUME, { availabilityZone, size: 10, type: "gp3" });
    const data = volume("us-east-1a");
    const attachment = account.make(ATTACHMENT, { deviceName: "/dev/sdf", instanceId: host.id, volumeId: data.id });
    account.refusesToMake("VolumeInUse", ATTACHMENT, { deviceName: "/dev/sdg", instanceId: host.id, volumeId: data.id });
    account.refusesToMake("InvalidParameterValue", ATTACHMENT, { deviceName: "/dev/sdf", instanceId: host.id, volumeId: volume("us-east-1a").id });
    account.refusesToMake("InvalidParameterValue", ATTACHMENT, { deviceName: "/mnt", instanceId: host.id, volumeId: volume("us-east-1a").id });
    account.refusesToMake("InvalidVolume.ZoneMismatch", ATTACHMENT, { deviceName: "/dev/sdg", instanceId: host.id, volumeId: volume("us-east-1b").id });
    account.refused("VolumeInUse", () => {
      account.delete(VOLUME, data);
    });
    account.delete(INSTANCE, host);
    assert.equal(account.record.get(ATTACHMENT, "us-east-1", attachment.id), undefined);
    account.delete(VOLUME, data);
    assert.ok(subnetB.id !== "");
  });

  it("lets a volume grow, not shrink, within gp3's limits", () => {
    const account = new Account();
    const inputs = { availabilityZone: "us-east-1a", size: 20, type: "gp3" };
    const volume = account.make(VOLUME, inputs);
    assert.equal(account.change(VOLUME, volume, { ...inputs, size: 30 })["size"], 30);
    account.refused("InvalidParameterValue", () => account.change(VOLUME, volume, { ...inputs, size: 10 }));
    account.refusesToMake("InvalidParameterValue", VOLUME, { ...inputs, size: 7, iops: 4000 });
    account.refusesToMake("InvalidParameterValue", VOLUME, { ...inputs, throughput: 1000 });
    account.refusesToMake("InvalidParameterDependency", VOLUME, { ...inputs, kmsKeyId: account.make("aws:kms/key:Key", {}).properties["arn"] ?? "" });
    account.refusesToMake("InvalidKMSKey.InvalidState", VOLUME, { ...inputs, encrypted: true, kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/none" });
    refusedByCheck(VOLUME, { availabilityZone: "us-east-1a", size: 0 }, "size");
  });

  it("associates an Elastic IP with an instance, and moves it only when it is free", () => {
    const { account, launch } = hosts();
    const type = "aws:ec2/eipAssociation:EipAssociation";
    const host = account.make(INSTANCE, launch({}));
    const eip = account.make("aws:ec2/eip:Eip", {});
    const association = account.make(type, { allocationId: eip.id, instanceId: host.id });
    assert.equal(association.properties["publicIp"], eip.properties["publicIp"]);
    account.refusesToMake("Resource.AlreadyAssociated", type, { allocationId: eip.id, instanceId: host.id });
    account.delete(INSTANCE, host);
    account.delete("aws:ec2/eip:Eip", eip);
  });
});
