import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { goodBlueprint, managedBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";
import { clearTexts, secretMark, unknownMark } from "./monitor";

/** Types and numbers at level 1. */
const level1Counts: Record<string, number> = {
  "aws:cloudwatch/logGroup:LogGroup": 1,
  "aws:ebs/volume:Volume": 6,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
  "aws:ec2/eip:Eip": 4,
  "aws:ec2/flowLog:FlowLog": 1,
  "aws:ec2/instance:Instance": 12,
  "aws:ec2/internetGateway:InternetGateway": 1,
  "aws:ec2/launchTemplate:LaunchTemplate": 12,
  "aws:ec2/natGateway:NatGateway": 3,
  "aws:ec2/route:Route": 4,
  "aws:ec2/routeTable:RouteTable": 4,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": 9,
  "aws:ec2/securityGroup:SecurityGroup": 6,
  "aws:ec2/subnet:Subnet": 9,
  "aws:ec2/volumeAttachment:VolumeAttachment": 6,
  "aws:ec2/vpc:Vpc": 1,
  "aws:iam/instanceProfile:InstanceProfile": 5,
  "aws:iam/role:Role": 6,
  "aws:iam/rolePolicy:RolePolicy": 6,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 5,
  "aws:kms/alias:Alias": 1,
  "aws:kms/key:Key": 1,
  "aws:s3/bucket:Bucket": 2,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 2,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 2,
  "aws:s3/bucketPolicy:BucketPolicy": 2,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 2,
  "aws:s3/bucketVersioning:BucketVersioning": 2,
  "aws:secretsmanager/secret:Secret": 12,
  "aws:secretsmanager/secretVersion:SecretVersion": 8,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 5,
  "ha:app:Ec2App": 1,
  "ha:database:Patroni": 1,
  "ha:edge:KeepalivedEdge": 1,
  "ha:host:Host": 12,
  "ha:host:Profile": 5,
  "ha:network:Endpoints": 1,
  "ha:network:FlowLogs": 1,
  "ha:network:SecurityGroups": 1,
  "ha:network:Vpc": 1,
  "ha:objects:S3": 1,
  "ha:platform:Platform": 1,
  "ha:redis:Sentinel": 1,
  "ha:secrets:Certificates": 1,
  "ha:secrets:Key": 1,
  "ha:secrets:Secrets": 1,
  "pulumi:providers:aws": 1,
  "random:index/randomPassword:RandomPassword": 12,
  "tls:index/certRequest:CertRequest": 3,
  "tls:index/locallySignedCert:LocallySignedCert": 3,
  "tls:index/privateKey:PrivateKey": 4,
  "tls:index/selfSignedCert:SelfSignedCert": 1,
};
/** Their number follows the blueprint's flows, services and addresses: see network.test.ts. */
const counted = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
];

function difference(from: Deployment, to: Deployment): Record<string, number> {
  const [before, after] = [from.counts(), to.counts()];
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((type) => !counted.includes(type)).sort();
  return Object.fromEntries(types.map((type) => [type, (after[type] ?? 0) - (before[type] ?? 0)] as const).filter(([, change]) => change !== 0));
}

describe("the platform, under mocks", () => {
  let level1: Deployment;
  let minio: Deployment;
  let nlb: Deployment;
  let every: Deployment[];

  before(async function () {
    this.timeout(60_000);
    level1 = await deployed(goodBlueprint());
    minio = await deployed(goodBlueprint(minioOverrides));
    nlb = await deployed(goodBlueprint(nlbOverrides));
    every = [level1, minio, nlb, await deployed(managedBlueprint()), await deployed(managedBlueprint({ level: 2 }))];
  });

  it("has every type of level 1 in its number", () => {
    const found = Object.fromEntries(Object.entries(level1.counts()).filter(([type]) => !counted.includes(type)));
    assert.deepEqual(found, level1Counts);
  });

  it("with a load balancer has one address a zone, targets, and no other change", () => {
    assert.deepEqual(difference(level1, nlb), {
      "aws:ec2/eip:Eip": 2,
      "aws:lb/listener:Listener": 2,
      "aws:lb/loadBalancer:LoadBalancer": 1,
      "aws:lb/targetGroup:TargetGroup": 2,
      "aws:lb/targetGroupAttachment:TargetGroupAttachment": 4,
      "ha:edge:KeepalivedEdge": -1,
      "ha:edge:NlbEdge": 1,
    });
  });

  it("with MinIO has six hosts of two drives instead of buckets", () => {
    assert.deepEqual(difference(level1, minio), {
      "aws:ebs/volume:Volume": 12,
      "aws:ec2/instance:Instance": 6,
      "aws:ec2/launchTemplate:LaunchTemplate": 6,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:ec2/volumeAttachment:VolumeAttachment": 12,
      "aws:iam/instanceProfile:InstanceProfile": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
      "aws:s3/bucket:Bucket": -2,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": -2,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": -2,
      "aws:s3/bucketPolicy:BucketPolicy": -2,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": -2,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": -2,
      "aws:s3/bucketVersioning:BucketVersioning": -2,
      "aws:secretsmanager/secret:Secret": 3,
      "aws:secretsmanager/secretVersion:SecretVersion": 3,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 1,
      "ha:host:Host": 6,
      "ha:host:Profile": 1,
      "ha:objects:Minio": 1,
      "ha:objects:S3": -1,
      "random:index/randomPassword:RandomPassword": 2,
      "tls:index/certRequest:CertRequest": 1,
      "tls:index/locallySignedCert:LocallySignedCert": 1,
      "tls:index/privateKey:PrivateKey": 1,
    });
  });

  it("names every child by its parent, and has only the platform and its provider at the top", () => {
    for (const deployment of every) {
      const top = deployment.resources.filter((resource) => deployment.parentOf(resource) === undefined);
      assert.deepEqual(top.map((resource) => resource.type).sort(), ["ha:platform:Platform", "pulumi:providers:aws"]);
      for (const resource of deployment.resources.filter((one) => !top.includes(one))) {
        // A private name is the zone's, and a child of what it points at.
        const parent = resource.name.startsWith("bundler-level1-names-") ? "bundler-level1-names" : (deployment.parentOf(resource)?.name ?? "");
        assert.ok(resource.name.startsWith(`${parent}-`), `${resource.type} ${resource.name} below ${parent}`);
      }
    }
  });

  it("makes no two resources of one type with one name", () => {
    for (const { resources } of every) {
      const keys = resources.map((resource) => `${resource.type} ${resource.name}`);
      assert.deepEqual(keys, [...new Set(keys)]);
    }
  });

  it("publishes facts of every component that a preview knows in full", async () => {
    const factsOf = (deployment: Deployment): [string, unknown][] =>
      deployment.resources.filter((resource) => resource.type.startsWith("ha:")).map(({ name, facts }) => [name, facts]);
    for (const blueprint of [goodBlueprint(), managedBlueprint({ level: 2 })]) {
      const preview = await deployed(blueprint, "preview");
      for (const [name, facts] of factsOf(preview)) {
        assert.ok(Object.keys(facts ?? {}).length > 0, `${name} publishes nothing`);
        assert.ok(!JSON.stringify(facts).includes(unknownMark), name);
      }
      assert.deepEqual(Object.fromEntries(factsOf(preview)), Object.fromEntries(factsOf(await deployed(blueprint))));
    }
  });

  it("asks for the same resources in a preview as afterwards", async () => {
    for (const blueprint of [goodBlueprint(), managedBlueprint({ level: 2 })])
      assert.deepEqual((await deployed(blueprint, "preview")).counts(), (await deployed(blueprint)).counts());
  });

  it("protects what data and an address cannot be had back without, and nothing else", () => {
    const found = level1.resources.filter((resource) => resource.protect).map((resource) => resource.name.replace("bundler-level1-", ""));
    const operators = ["application-external", "edge-certificate", "raw-data-item-wallet", "wallet"].map((secret) => `secrets-${secret}`);
    const volumes = ["database-db", "redis-redis"].flatMap((role) => [1, 2, 3].map((index) => `${role}-${String(index)}-data`));
    assert.deepEqual(found.sort(), ["edge-eip", "key-key", "objects-backup", "objects-data", ...operators, ...volumes].sort());
    const drives = minio.ofType("aws:ebs/volume:Volume").filter((volume) => volume.name.includes("-minio-"));
    assert.equal(drives.length, 12);
    assert.ok(drives.every((volume) => volume.protect));
  });

  it("protects nothing when the stack file says so", async () => {
    const loose = await deployed(goodBlueprint({ deletionProtection: false }));
    assert.deepEqual(
      loose.resources.filter((resource) => resource.protect).map((resource) => resource.name),
      [],
    );
    assert.deepEqual(loose.counts(), level1.counts());
  });

  it("has no secret in clear: not in an input, not in a fact, not in user data", () => {
    let wrapped = 0;
    for (const deployment of every) {
      for (const resource of deployment.resources) {
        const exposed = [...clearTexts(resource.inputs), ...clearTexts(resource.facts)].filter((text) => text.includes(secretMark));
        assert.deepEqual(exposed, [], `${resource.type} ${resource.name}`);
        if (JSON.stringify(deployment.inputs(resource)).includes(secretMark)) wrapped += 1;
      }
      for (const template of deployment.ofType("aws:ec2/launchTemplate:LaunchTemplate")) {
        const text = gunzipSync(Buffer.from(deployment.inputs(template)["userData"] as string, "base64")).toString("utf8");
        assert.ok(text.startsWith("#cloud-config\n"));
        assert.ok(!text.includes(secretMark));
      }
    }
    // Values of generated secrets, requests, leaves and the CA; of a managed stack three values, the CA, and what its database and cache are told.
    assert.ok(wrapped >= 3 * (8 + 3 + 3 + 1) + 2 * (3 + 1 + 2), `only ${String(wrapped)} resources are given a secret: this test would not see one in clear`);
  });

  it("puts the stack's tags on everything by its one provider", () => {
    const provider = level1.inputs(level1.named("aws-us-east-1"));
    assert.deepEqual(JSON.parse(provider["defaultTags"] as string), { tags: { "ha:stack": "level1", "ha:level": "1" } });
    assert.equal(provider["region"], "us-east-1");
  });
});
