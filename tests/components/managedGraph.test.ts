import assert from "node:assert/strict";
import { managedBlueprint } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";

/** Types and numbers of a managed level 1; those of the security groups' rules are in the test of the flows. */
const level1Counts: Record<string, number> = {
  "aws:autoscaling/group:Group": 2,
  "aws:cloudwatch/logGroup:LogGroup": 1,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
  "aws:ec2/eip:Eip": 3,
  "aws:ec2/flowLog:FlowLog": 1,
  "aws:ec2/internetGateway:InternetGateway": 1,
  "aws:ec2/launchTemplate:LaunchTemplate": 2,
  "aws:ec2/natGateway:NatGateway": 3,
  "aws:ec2/route:Route": 4,
  "aws:ec2/routeTable:RouteTable": 4,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": 9,
  "aws:ec2/securityGroup:SecurityGroup": 7,
  "aws:ec2/subnet:Subnet": 9,
  "aws:ec2/vpc:Vpc": 1,
  "aws:ec2/vpcEndpoint:VpcEndpoint": 4,
  "aws:elasticache/parameterGroup:ParameterGroup": 2,
  "aws:elasticache/replicationGroup:ReplicationGroup": 2,
  "aws:elasticache/subnetGroup:SubnetGroup": 1,
  "aws:iam/instanceProfile:InstanceProfile": 2,
  "aws:iam/role:Role": 4,
  "aws:iam/rolePolicy:RolePolicy": 3,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 3,
  "aws:kms/alias:Alias": 1,
  "aws:kms/key:Key": 1,
  "aws:lb/listener:Listener": 3,
  "aws:lb/listenerRule:ListenerRule": 10,
  "aws:lb/loadBalancer:LoadBalancer": 2,
  "aws:lb/targetGroup:TargetGroup": 3,
  "aws:rds/instance:Instance": 1,
  "aws:rds/parameterGroup:ParameterGroup": 1,
  "aws:rds/subnetGroup:SubnetGroup": 1,
  "aws:route53/record:Record": 4,
  "aws:route53/zone:Zone": 1,
  "aws:s3/bucket:Bucket": 4,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 3,
  "aws:s3/bucketObjectv2:BucketObjectv2": 1,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 4,
  "aws:s3/bucketPolicy:BucketPolicy": 3,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 4,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 3,
  "aws:s3/bucketVersioning:BucketVersioning": 3,
  "aws:secretsmanager/secret:Secret": 6,
  "aws:secretsmanager/secretVersion:SecretVersion": 3,
  "ha:app:GroupedApp": 1,
  "ha:app:Programs": 1,
  "ha:database:Rds": 1,
  "ha:edge:AccessLogs": 1,
  "ha:edge:Alb": 1,
  "ha:edge:PaymentBalancer": 1,
  "ha:host:MachineGroup": 2,
  "ha:host:Profile": 2,
  "ha:network:Endpoints": 1,
  "ha:network:FlowLogs": 1,
  "ha:network:InternalZone": 1,
  "ha:network:SecurityGroups": 1,
  "ha:network:Vpc": 1,
  "ha:objects:S3": 1,
  "ha:platform:Platform": 1,
  "ha:redis:ElastiCache": 1,
  "ha:secrets:Key": 1,
  "ha:secrets:Secrets": 1,
  "pulumi:providers:aws": 1,
  "random:index/randomPassword:RandomPassword": 6,
  "random:index/randomUuid:RandomUuid": 2,
};
const rules = ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"];

function difference(from: Deployment, to: Deployment): Record<string, number> {
  const [before, after] = [from.counts(), to.counts()];
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(types.map((type) => [type, (after[type] ?? 0) - (before[type] ?? 0)] as const).filter(([, change]) => change !== 0));
}

describe("the managed platform, under mocks", () => {
  let level1: Deployment;
  let level2: Deployment;
  let cluster: Deployment;

  before(async function () {
    this.timeout(60_000);
    level1 = await deployed(managedBlueprint());
    level2 = await deployed(managedBlueprint({ level: 2 }));
    cluster = await deployed(managedBlueprint({ managedDatabase: "rdsCluster", databaseInstanceClass: "db.m6gd.large" }));
  });

  it("has every type of level 1 in its number", () => {
    assert.deepEqual(Object.fromEntries(Object.entries(level1.counts()).filter(([type]) => !rules.includes(type))), level1Counts);
  });

  it("at level 2 has Aurora with an instance a zone, what groups scale by, and no other change", () => {
    assert.deepEqual(difference(level1, level2), {
      "aws:autoscaling/policy:Policy": 3,
      "aws:rds/cluster:Cluster": 1,
      "aws:rds/clusterInstance:ClusterInstance": 3,
      "aws:rds/clusterParameterGroup:ClusterParameterGroup": 1,
      "aws:rds/instance:Instance": -1,
      "ha:database:Aurora": 1,
      "ha:database:Rds": -1,
    });
  });

  it("with a cluster of three has it instead of the instance, and no other change", () => {
    assert.deepEqual(difference(level1, cluster), {
      "aws:rds/cluster:Cluster": 1,
      "aws:rds/clusterParameterGroup:ClusterParameterGroup": 1,
      "aws:rds/instance:Instance": -1,
      "aws:rds/parameterGroup:ParameterGroup": -1,
    });
  });

  it("has no host of its own, and nothing that only own hosts need", () => {
    for (const deployment of [level1, level2]) {
      for (const type of ["aws:ec2/instance:Instance", "aws:ebs/volume:Volume", "tls:index/locallySignedCert:LocallySignedCert"])
        assert.deepEqual(deployment.ofType(type), [], type);
    }
  });

  it("protects what data cannot be had back without, and nothing else", () => {
    const databases = new Map([
      [level1, "database-instance"],
      [level2, "database-cluster"],
      [cluster, "database-cluster"],
    ]);
    for (const [deployment, database] of databases) {
      const found = deployment.resources.filter((resource) => resource.protect).map((resource) => resource.name.replace("bundler-level1-", ""));
      const operators = ["application-external", "raw-data-item-wallet", "wallet"].map((secret) => `secrets-${secret}`);
      assert.deepEqual(found.sort(), [database, "key-key", "objects-backup", "objects-data", "redis-cache", "redis-queues", ...operators].sort());
    }
  });

  it("protects nothing, also not in the cloud, when the stack file says so", async () => {
    for (const level of [1, 2]) {
      const loose = await deployed(managedBlueprint({ level, deletionProtection: false }));
      const held = loose.resources.filter((resource) => {
        const inputs = loose.inputs(resource);
        return resource.protect || inputs["deletionProtection"] === true || inputs["enableDeletionProtection"] === true;
      });
      assert.deepEqual(
        held.map(({ name }) => name),
        [],
      );
      assert.deepEqual(loose.counts(), (level === 1 ? level1 : level2).counts());
    }
  });

  it("lets in exactly the blueprint's flows, by reference, and only load balancers' clients from the internet", () => {
    for (const deployment of [level1, level2]) {
      const { flows, groups } = deployment.blueprint;
      const roles = groups.map(({ role }) => role);
      const expected = flows.flatMap(({ from, to, protocol, port }) =>
        (from === "endpoint-clients" ? roles : [from]).map((source) => `${source} ${to} ${protocol} ${port}-${port}`),
      );
      const owner = (id: unknown): string => deployment.withId(id).name.replace("bundler-level1-sg-", "");
      const found = deployment.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map((rule) => {
        const inputs = deployment.inputs(rule);
        const source = inputs["cidrIpv4"] === "0.0.0.0/0" ? "internet" : owner(inputs["referencedSecurityGroupId"]);
        return `${source} ${owner(inputs["securityGroupId"])} ${String(inputs["ipProtocol"])} ${String(inputs["fromPort"])}-${String(inputs["toPort"])}`;
      });
      assert.deepEqual(found.sort(), expected.sort());
      assert.deepEqual(found.filter((rule) => rule.startsWith("internet ")).sort(), ["internet edge tcp 443-443", "internet edge tcp 80-80"]);
    }
  });

  it("lets machines and load balancers out, and neither a database nor a Redis", () => {
    const out = level1.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").map((rule) => level1.inputs(rule)["securityGroupId"]);
    assert.deepEqual(
      out.sort(),
      ["api", "balancer", "edge", "worker"].map((owner) => `SecurityGroup/bundler-level1-sg-${owner}`),
    );
  });
});
