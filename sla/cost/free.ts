/** Types that cost nothing, and why. What is in neither list is a fault, so that a new type never costs nothing by omission. */
export const free: Readonly<Record<string, string>> = {
  ...all("AWS charges for what it is attached to", [
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/route:Route",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
    "aws:ec2/volumeAttachment:VolumeAttachment",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:lb/listener:Listener",
    "aws:lb/listenerRule:ListenerRule",
    "aws:lb/targetGroup:TargetGroup",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:elasticache/parameterGroup:ParameterGroup",
    "aws:elasticache/subnetGroup:SubnetGroup",
    "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    "aws:rds/parameterGroup:ParameterGroup",
    "aws:rds/subnetGroup:SubnetGroup",
    "aws:globalaccelerator/endpointGroup:EndpointGroup",
    "aws:globalaccelerator/listener:Listener",
    "aws:route53/record:Record",
  ]),
  ...all("AWS charges for its runs: one in a switch of regions, a quarter of an hour at 128 MiB at the most, which is a fifth of a cent", [
    "aws:lambda/function:Function",
  ]),
  ...all("a standard parameter is free (AWS Systems Manager pricing)", ["aws:ssm/parameter:Parameter"]),
  ...all("IAM is free", [
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  ]),
  ...all("a name or a value of what is charged", ["aws:kms/alias:Alias", "aws:secretsmanager/secretVersion:SecretVersion"]),
  ...all("a setting of a bucket, or a few KiB in one", [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
  ]),
  ...all("made by the engine, not by AWS", [
    "random:index/randomPassword:RandomPassword",
    "random:index/randomUuid:RandomUuid",
    "tls:index/certRequest:CertRequest",
    "tls:index/locallySignedCert:LocallySignedCert",
    "tls:index/privateKey:PrivateKey",
    "tls:index/selfSignedCert:SelfSignedCert",
  ]),
};

function all(why: string, types: readonly string[]): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, why]));
}
