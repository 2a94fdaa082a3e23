import assert from "node:assert/strict";
import { costOf, CostFault, resourcesOfPreview, resourcesOfState, summaryOf, usualUsage, type CostLine, type CostResource } from "../../../sla/cost";
import { pricers } from "../../../sla/cost/pricers";

const serving = "us-east-1";

function resource(type: string, properties: Record<string, unknown> = {}, other: Partial<CostResource> = {}): CostResource {
  return { type, name: "one", region: serving, parent: "stack", properties, ...other };
}

const template = resource("aws:ec2/launchTemplate:LaunchTemplate", {
  instanceType: "m7i.large",
  blockDeviceMappings: [{ ebs: { volumeSize: 40, volumeType: "gp3" } }],
});
const subnet = resource("aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true });

/** `what quantity unit × each`, of one resource beside others that cost nothing. */
function linesOf(one: CostResource, ...others: CostResource[]): string[] {
  return costOf([one, ...others], usualUsage(serving)).lines.map(told);
}

function told({ what, quantity, unit, unitUsd, monthlyUsd }: CostLine): string {
  return `${what}: ${String(Number(quantity.toFixed(3)))} ${unit} × ${String(Number(unitUsd.toFixed(6)))} = ${monthlyUsd.toFixed(2)}`;
}

/** Every price line: type, properties, what else must be there, and what it costs. */
const cases: { what: string; resources: [CostResource, ...CostResource[]]; lines: string[] }[] = [
  {
    what: "a machine in a public subnet",
    resources: [resource("aws:ec2/instance:Instance", { privateIp: "10.0.0.10" }), template, subnet],
    lines: ["EC2 m7i.large: 730 hour × 0.1008 = 73.58", "gp3 volume: 40 GiB-month × 0.08 = 3.20", "public IPv4 address: 730 hour × 0.005 = 3.65"],
  },
  {
    what: "a database's machine in a private subnet",
    resources: [resource("aws:ec2/instance:Instance", { privateIp: "10.0.1.10", tags: { "ha:role": "database" } }), template, subnet],
    lines: ["EC2 m7i.large: 730 hour × 0.1008 = 73.58", "gp3 volume: 40 GiB-month × 0.08 = 3.20", "between zones, both directions: 50 GiB × 0.02 = 1.00"],
  },
  {
    what: "a volume that is faster than usual",
    resources: [resource("aws:ebs/volume:Volume", { type: "gp3", size: 100, iops: 4000, throughput: 225 })],
    lines: [
      "gp3 volume: 100 GiB-month × 0.08 = 8.00",
      "gp3 IOPS above 3,000: 1000 IOPS-month × 0.005 = 5.00",
      "gp3 throughput above 125 MiB/s: 100 MiB/s-month × 0.04 = 4.00",
    ],
  },
  {
    what: "a network",
    resources: [resource("aws:ec2/vpc:Vpc")],
    lines: ["out to the internet: 1000 GiB × 0.09 = 90.00", "between zones, both directions: 500 GiB × 0.02 = 10.00"],
  },
  {
    what: "a NAT gateway",
    resources: [resource("aws:ec2/natGateway:NatGateway")],
    lines: ["NAT gateway: 730 hour × 0.045 = 32.85", "through NAT gateways: 300 GiB × 0.045 = 13.50"],
  },
  { what: "an Elastic IP", resources: [resource("aws:ec2/eip:Eip")], lines: ["public IPv4 address: 730 hour × 0.005 = 3.65"] },
  {
    what: "an interface endpoint",
    resources: [resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: [null, null, null] })],
    lines: ["interface endpoint in a zone: 2190 zone-hour × 0.01 = 21.90", "through interface endpoints: 1 GiB × 0.01 = 0.01"],
  },
  { what: "a gateway endpoint", resources: [resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" })], lines: [] },
  {
    what: "a peering of two regions, over which rows go",
    resources: [resource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection")],
    lines: ["to the other region: 80 GiB × 0.02 = 1.60"],
  },
  {
    what: "and MinIO's objects",
    resources: [
      resource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection"),
      resource("aws:ec2/instance:Instance", { privateIp: "10.20.128.61", tags: { "ha:role": "objects" } }),
      template,
    ],
    lines: [
      "to the other region: 280 GiB × 0.02 = 5.60",
      "EC2 m7i.large: 730 hour × 0.1008 = 73.58",
      "gp3 volume: 40 GiB-month × 0.08 = 3.20",
      "between zones, both directions: 50 GiB × 0.02 = 1.00",
    ],
  },
  {
    what: "flow logs",
    resources: [resource("aws:ec2/flowLog:FlowLog", { logDestinationType: "cloud-watch-logs" })],
    lines: ["CloudWatch Logs taken in: 30 GiB × 0.5 = 15.00"],
  },
  {
    what: "a log group",
    resources: [resource("aws:cloudwatch/logGroup:LogGroup", { name: "/x/flow-logs", retentionInDays: 60 })],
    lines: ["CloudWatch Logs kept: 60 GiB-month × 0.03 = 1.80"],
  },
  {
    what: "an application load balancer",
    resources: [resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "application", subnets: [null, null, null] })],
    lines: [
      "application load balancer: 730 hour × 0.0225 = 16.43",
      "capacity units of an application load balancer: 730 LCU-hour × 0.008 = 5.84",
      "public IPv4 address: 2190 hour × 0.005 = 10.95",
    ],
  },
  {
    what: "an internal network load balancer",
    resources: [resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "network", internal: true, subnets: [null] })],
    lines: ["network load balancer: 730 hour × 0.0225 = 16.43", "capacity units of a network load balancer: 730 LCU-hour × 0.006 = 4.38"],
  },
  {
    what: "a network load balancer on Elastic IPs",
    resources: [resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "network", subnetMappings: [null] })],
    lines: ["network load balancer: 730 hour × 0.0225 = 16.43", "capacity units of a network load balancer: 730 LCU-hour × 0.006 = 4.38"],
  },
  {
    what: "an RDS instance with a standby",
    resources: [
      resource("aws:rds/instance:Instance", {
        instanceClass: "db.t4g.large",
        allocatedStorage: 100,
        storageType: "gp3",
        multiAz: true,
        backupRetentionPeriod: 7,
        monitoringInterval: 60,
        performanceInsightsEnabled: true,
        performanceInsightsRetentionPeriod: 7,
        enabledCloudwatchLogsExports: ["postgresql"],
      }),
    ],
    lines: [
      "RDS for PostgreSQL db.t4g.large: 1460 hour × 0.129 = 188.34",
      "RDS gp3 storage in a zone: 200 GiB-month × 0.115 = 23.00",
      "RDS backups beyond the database's size: 35 GiB-month × 0.095 = 3.33",
      "CloudWatch Logs taken in: 2 GiB × 0.5 = 1.00",
      "CloudWatch Logs taken in: 0.835 GiB × 0.5 = 0.42",
    ],
  },
  {
    what: "an Aurora cluster",
    resources: [resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql", backupRetentionPeriod: 35 })],
    lines: [
      "Aurora storage: 100 GiB-month × 0.1 = 10.00",
      "Aurora I/O: 100 million requests × 0.2 = 20.00",
      "Aurora backups beyond the database's size: 175 GiB-month × 0.021 = 3.68",
    ],
  },
  {
    what: "an Aurora instance",
    resources: [resource("aws:rds/clusterInstance:ClusterInstance", { instanceClass: "db.r7g.large" })],
    lines: ["Aurora PostgreSQL db.r7g.large: 730 hour × 0.276 = 201.48"],
  },
  {
    what: "a global database",
    resources: [resource("aws:rds/globalCluster:GlobalCluster")],
    lines: ["Aurora writes replicated to the other region: 20 million requests × 0.2 = 4.00", "to the other region: 80 GiB × 0.02 = 1.60"],
  },
  {
    what: "Valkey, which costs less than Redis OSS",
    resources: [
      resource("aws:elasticache/replicationGroup:ReplicationGroup", {
        engine: "valkey",
        nodeType: "cache.m7g.large",
        numCacheClusters: 3,
        snapshotRetentionLimit: 7,
      }),
    ],
    lines: ["ElastiCache for Valkey cache.m7g.large: 2190 hour × 0.1264 = 276.82", "ElastiCache snapshots beyond the first: 6 GiB-month × 0.085 = 0.51"],
  },
  {
    what: "Redis OSS",
    resources: [
      resource("aws:elasticache/replicationGroup:ReplicationGroup", {
        engine: "redis",
        nodeType: "cache.m7g.large",
        numCacheClusters: 3,
        snapshotRetentionLimit: 1,
      }),
    ],
    lines: ["ElastiCache for Redis OSS cache.m7g.large: 2190 hour × 0.158 = 346.02"],
  },
  {
    what: "the bucket of data items",
    resources: [resource("aws:s3/bucket:Bucket", { bucket: "x-raw-data-items" })],
    lines: [
      "S3 Standard: 1000 GiB-month × 0.023 = 23.00",
      "S3 Glacier Instant Retrieval (old versions): 50 GiB-month × 0.004 = 0.20",
      "S3 PUT, COPY, POST, LIST: 5000 thousand requests × 0.005 = 25.00",
      "S3 GET: 20000 thousand requests × 0.0004 = 8.00",
    ],
  },
  {
    what: "the bucket of access logs",
    resources: [resource("aws:s3/bucket:Bucket", { bucket: "x-access-logs" })],
    lines: ["S3 Standard: 5 GiB-month × 0.023 = 0.11"],
  },
  { what: "a bucket with hardly anything in it", resources: [resource("aws:s3/bucket:Bucket", { bucket: "x-programs" })], lines: [] },
  {
    what: "replication of data items, with Replication Time Control",
    resources: [
      resource(
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        { rules: [{ destination: { replicationTime: { status: "Enabled" } } }] },
        { name: "regions-out-data" },
      ),
    ],
    lines: [
      "to the other region: 200 GiB × 0.02 = 4.00",
      "S3 PUT, COPY, POST, LIST: 5000 thousand requests × 0.005 = 25.00",
      "S3 Replication Time Control: 200 GiB × 0.015 = 3.00",
    ],
  },
  {
    what: "a key",
    resources: [resource("aws:kms/key:Key")],
    lines: ["KMS key: 1 month × 1 = 1.00", "KMS requests: 100 ten thousand requests × 0.03 = 3.00"],
  },
  {
    what: "a key's replica",
    resources: [resource("aws:kms/replicaKey:ReplicaKey")],
    lines: ["KMS key: 1 month × 1 = 1.00", "KMS requests: 100 ten thousand requests × 0.03 = 3.00"],
  },
  {
    what: "a secret with a replica",
    resources: [resource("aws:secretsmanager/secret:Secret", { replicas: [{ region: "us-west-2" }] })],
    lines: ["secret, or replica of one: 2 month × 0.4 = 0.80"],
  },
  {
    what: "an alarm",
    resources: [resource("aws:cloudwatch/metricAlarm:MetricAlarm", { period: 60 })],
    lines: ["CloudWatch alarm, each metric: 1 month × 0.1 = 0.10"],
  },
  {
    what: "an alarm of what an expression makes of a metric of our own",
    resources: [
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", {
        metricQueries: [
          { id: "said", metric: { namespace: "Bundler" } },
          { id: "lag", expression: "FILL(said, 60)", returnData: true },
        ],
      }),
    ],
    lines: ["CloudWatch alarm, each metric: 1 month × 0.1 = 0.10", "CloudWatch metric of our own: 1 month × 0.3 = 0.30"],
  },
  {
    what: "scaling by a metric of our own beside one of AWS's",
    resources: [
      resource("aws:autoscaling/policy:Policy", {
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          customizedMetricSpecification: {
            metrics: [
              { metricStat: { metric: { namespace: "Bundler" } } },
              { metricStat: { metric: { namespace: "AWS/AutoScaling" } } },
              { expression: "a / b" },
            ],
          },
        },
      }),
    ],
    lines: ["CloudWatch alarm, each metric: 4 month × 0.1 = 0.40", "CloudWatch metric of our own: 1 month × 0.3 = 0.30"],
  },
  {
    what: "scaling by CPU",
    resources: [resource("aws:autoscaling/policy:Policy", { policyType: "TargetTrackingScaling" })],
    lines: ["CloudWatch alarm, each metric: 2 month × 0.1 = 0.20"],
  },
  {
    what: "a private zone",
    resources: [resource("aws:route53/zone:Zone", { vpcs: [{}] })],
    lines: ["Route 53 zone: 1 month × 0.5 = 0.50", "Route 53 queries: 10 million requests × 0.4 = 4.00"],
  },
  { what: "a public zone", resources: [resource("aws:route53/zone:Zone")], lines: ["Route 53 zone: 1 month × 0.5 = 0.50"] },
  {
    what: "a fast health check over HTTPS",
    resources: [resource("aws:route53/healthCheck:HealthCheck", { type: "HTTPS", requestInterval: 10 })],
    lines: [
      "Route 53 health check of AWS's own endpoint: 1 month × 0.5 = 0.50",
      "Route 53 health check: HTTPS, fast interval, string or latency, each: 2 month × 1 = 2.00",
    ],
  },
  {
    what: "a global accelerator",
    resources: [resource("aws:globalaccelerator/accelerator:Accelerator")],
    lines: [
      "Global Accelerator: 730 hour × 0.025 = 18.25",
      "through Global Accelerator, beyond the internet's price: 1000 GiB × 0.015 = 15.00",
      "public IPv4 address: 1460 hour × 0.005 = 7.30",
    ],
  },
  { what: "a Region switch plan", resources: [resource("aws:arcregionswitch/plan:Plan")], lines: ["ARC Region switch plan: 1 month × 70 = 70.00"] },
];

describe("the cost of a resource", () => {
  for (const { what, resources, lines } of cases)
    it(`${what}: ${lines.length === 0 ? "nothing" : "each charge, its quantity and its price"}`, () => {
      const [one, ...others] = resources;
      assert.deepEqual(linesOf(one, ...others), lines);
    });

  it("is in a case here for every type that costs, but the group's, which has its own", () => {
    const covered = new Set(cases.map(({ resources }) => resources[0].type));
    assert.deepEqual(
      Object.keys(pricers).filter((type) => !covered.has(type)),
      ["aws:autoscaling/group:Group"],
    );
  });

  it("of a group is that of its least machines, and of its most beside it", () => {
    const cost = costOf([resource("aws:autoscaling/group:Group", { minSize: 3, maxSize: 6 }), template], usualUsage(serving));
    assert.deepEqual(cost.lines.map(told), ["EC2 m7i.large: 2190 hour × 0.1008 = 220.75", "gp3 volume: 120 GiB-month × 0.08 = 9.60"]);
    assert.equal(cost.maximumMonthlyUsd, cost.monthlyUsd * 2);
  });

  it("of a group that may be empty is nothing at the least, and still says what it grows to", () => {
    const cost = costOf([resource("aws:autoscaling/group:Group", { minSize: 0, maxSize: 6 }), template], usualUsage(serving));
    assert.equal(cost.monthlyUsd, 0);
    assert.equal(cost.maximumMonthlyUsd.toFixed(2), "460.70");
  });

  it("is Ireland's in Ireland, and in a region that waits what waits there", () => {
    const nat = resource("aws:ec2/natGateway:NatGateway", {}, { region: "eu-west-1" });
    assert.deepEqual(costOf([nat], usualUsage("eu-west-1")).lines.map(told), [
      "NAT gateway: 730 hour × 0.048 = 35.04",
      "through NAT gateways: 300 GiB × 0.048 = 14.40",
    ]);
    assert.deepEqual(linesOf(nat), ["NAT gateway: 730 hour × 0.048 = 35.04", "through NAT gateways: 10 GiB × 0.048 = 0.48"]);
  });

  it("is in proportion to a machine's size within its family", () => {
    const each = (instanceType: string): number | undefined =>
      costOf(
        [resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 1 }), { ...template, properties: { ...template.properties, instanceType } }],
        usualUsage(serving),
      ).lines[0]?.unitUsd;
    assert.equal(each("t3.medium"), 0.0416);
    assert.equal(each("t3.2xlarge"), 0.3328);
    assert.equal(each("m7i-flex.4xlarge")?.toFixed(5), "0.76608");
  });
});

describe("the summary of a cost", () => {
  it("has its sums in cents, by what they are for, and the month of the oldest price", () => {
    const cost = costOf(
      [resource("aws:ec2/natGateway:NatGateway"), resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 2 }), template],
      usualUsage(serving),
    );
    assert.deepEqual(summaryOf(cost), {
      monthlyUsd: 123.13,
      maximumMonthlyUsd: 199.92,
      categories: { machines: 73.58, nat: 46.35, disks: 3.2 },
      pricesAsOf: "2025-06",
    });
  });
});

describe("a cost that cannot be told", () => {
  const bad: { what: string; resources: CostResource[]; error: RegExp; servingRegion?: string }[] = [
    {
      what: "a type that nobody has priced",
      resources: [resource("aws:msk/cluster:Cluster")],
      error: /aws:msk\/cluster:Cluster one: given "?a type that nobody has priced/,
    },
    { what: "a missing property", resources: [resource("aws:ebs/volume:Volume", { type: "gp3" })], error: /Volume one: size: given nothing, needed a number/ },
    {
      what: "a property that is not known before AWS makes it",
      resources: [resource("aws:rds/clusterInstance:ClusterInstance", { instanceClass: null })],
      error: /instanceClass: given null/,
    },
    {
      what: "an instance class without a price",
      resources: [resource("aws:rds/clusterInstance:ClusterInstance", { instanceClass: "db.x2g.large" })],
      error: /Aurora PostgreSQL: given "db.x2g.large", needed a type that us-east-1 has a price for/,
    },
    {
      what: "an instance family without a price",
      resources: [
        resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 1 }),
        { ...template, properties: { ...template.properties, instanceType: "p5.48xlarge" } },
      ],
      error: /EC2: given "p5.48xlarge"/,
    },
    {
      what: "a size that there is not",
      resources: [
        resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 1 }),
        { ...template, properties: { ...template.properties, instanceType: "m7i.huge" } },
      ],
      error: /EC2: given "m7i.huge"/,
    },
    {
      what: "a region without prices",
      resources: [resource("aws:ec2/eip:Eip", {}, { region: "ap-south-1" })],
      error: /Eip one: region: given ap-south-1, needed us-east-1, us-west-2, eu-west-1/,
    },
    { what: "no region", resources: [resource("aws:ec2/eip:Eip", {}, { region: null })], error: /region: given none/ },
    {
      what: "a region that serves and has no prices",
      resources: [resource("aws:ec2/eip:Eip")],
      servingRegion: "ap-south-1",
      error: /region that serves: given ap-south-1/,
    },
    {
      what: "a group without a launch template beside it",
      resources: [resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 1 })],
      error: /given "none", needed exactly one beside it/,
    },
    {
      what: "a group beside several launch templates",
      resources: [resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 1 }), template, { ...template, name: "two" }],
      error: /given "several"/,
    },
    { what: "another kind of volume", resources: [resource("aws:ebs/volume:Volume", { type: "io2", size: 10 })], error: /type: given "io2", needed gp3/ },
    {
      what: "another kind of root volume",
      resources: [
        resource("aws:autoscaling/group:Group", { minSize: 1, maxSize: 1 }),
        { ...template, properties: { instanceType: "t3.large", blockDeviceMappings: [{ ebs: { volumeSize: 8, volumeType: "io2" } }] } },
      ],
      error: /volumeType: given "io2"/,
    },
    {
      what: "a cluster of another engine",
      resources: [resource("aws:rds/cluster:Cluster", { engine: "aurora-mysql", backupRetentionPeriod: 1 })],
      error: /engine: given "aurora-mysql"/,
    },
    {
      what: "Aurora with I/O at a fixed price",
      resources: [resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql", backupRetentionPeriod: 1, storageType: "aurora-iopt1" })],
      error: /storageType: given "aurora-iopt1"/,
    },
    {
      what: "a cluster of three",
      resources: [resource("aws:rds/cluster:Cluster", { engine: "postgres", backupRetentionPeriod: 1, dbClusterInstanceClass: "db.m6gd.large" })],
      error: /dbClusterInstanceClass: given "db.m6gd.large", needed nothing/,
    },
    {
      what: "Performance Insights kept for longer than they are free",
      resources: [
        resource("aws:rds/clusterInstance:ClusterInstance", {
          instanceClass: "db.r7g.large",
          performanceInsightsEnabled: true,
          performanceInsightsRetentionPeriod: 731,
        }),
      ],
      error: /performanceInsightsRetentionPeriod: given 731, needed 7/,
    },
    { what: "a bucket that nobody knows", resources: [resource("aws:s3/bucket:Bucket", { bucket: "x-archive" })], error: /bucket: given "x-archive"/ },
    {
      what: "a log group that nobody knows",
      resources: [resource("aws:cloudwatch/logGroup:LogGroup", { name: "/x/app", retentionInDays: 1 })],
      error: /name: given "\/x\/app"/,
    },
    {
      what: "another kind of load balancer",
      resources: [resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "gateway" })],
      error: /loadBalancerType: given "gateway"/,
    },
    {
      what: "whether a balancer is internal, not known before AWS makes it",
      resources: [resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "network", internal: null, subnets: [] })],
      error: /internal: given null, needed true or false/,
    },
    {
      what: "a volume's type that is not known before AWS makes it",
      resources: [resource("aws:ebs/volume:Volume", { type: null, size: 10 })],
      error: /type: given null, needed gp3/,
    },
    {
      what: "replication of a bucket that nobody knows",
      resources: [resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", { rules: [{ destination: {} }] }, { name: "out-archive" })],
      error: /name: given "out-archive"/,
    },
    { what: "nothing at all", resources: [], error: /resources: given none/ },
  ];
  for (const { what, resources, error, servingRegion } of bad)
    it(`${what}: is refused`, () => {
      assert.throws(() => costOf(resources, usualUsage(servingRegion ?? serving)), error);
    });

  it("lists every fault of every resource at once", () => {
    const resources = [
      resource("aws:msk/cluster:Cluster"),
      resource("aws:ebs/volume:Volume", { type: "io2" }),
      resource("aws:ec2/eip:Eip", {}, { region: null }),
    ];
    assert.throws(
      () => costOf(resources, usualUsage(serving)),
      (fault: unknown) => {
        assert.ok(fault instanceof CostFault);
        assert.equal(fault.faults.length, 4);
        assert.match(fault.message, /has 4 faults; no total is given/);
        return true;
      },
    );
  });
});

describe("resources of a state", () => {
  const provider = { urn: "urn:pulumi:s::p::pulumi:providers:aws::here", type: "pulumi:providers:aws", custom: true, inputs: { region: serving } };
  const eip = {
    urn: "urn:pulumi:s::p::ha:x:X$aws:ec2/eip:Eip::a::b",
    type: "aws:ec2/eip:Eip",
    custom: true,
    parent: "urn:x",
    provider: `${provider.urn}::id`,
    inputs: { domain: "vpc" },
  };

  it("have their provider's region, and are those that a provider makes and that stay", () => {
    const resources = [provider, { urn: "u::p::ha:x:X::x", type: "ha:x:X", custom: false }, eip, { ...eip, delete: true }];
    assert.deepEqual(resourcesOfState({ deployment: { resources } }), [
      { type: eip.type, name: "a::b", region: serving, parent: "urn:x", properties: { domain: "vpc" } },
    ]);
  });

  it("may name a region of their own", () => {
    const [found] = resourcesOfState({ deployment: { resources: [provider, { ...eip, inputs: { region: "us-west-2" } }] } });
    assert.equal(found?.region, "us-west-2");
  });

  it("are told from a preview by what there will be, each once", () => {
    const steps = [
      { op: "create", newState: provider },
      { op: "create", newState: eip },
      { op: "replace", newState: eip },
      { op: "delete", oldState: eip },
    ];
    assert.equal(resourcesOfPreview({ steps }).length, 1);
  });

  it("are refused when it is no state and no preview", () => {
    for (const wrong of [null, {}, { deployment: {} }, { deployment: { resources: {} } }])
      assert.throws(() => resourcesOfState(wrong), /needed what `pulumi stack export` prints/);
    assert.throws(() => resourcesOfPreview({}), /needed what `pulumi preview --json` prints/);
  });
});
