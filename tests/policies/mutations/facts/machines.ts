import type { Mutation } from "../../mutation";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const subnet = "aws:ec2/subnet:Subnet";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";

/** Hosts, their volumes, and groups. */
export const machines: readonly Mutation[] = [
  {
    what: "a database host stands in another's zone",
    stack: "level1-selfHosted",
    type: instance,
    name: "db-2-instance",
    change: { reference: "subnetId", type: subnet, to: "data-a" },
    caughtBy: "hosts-as-promised",
  },
  {
    what: "an API host is of a smaller type",
    stack: "level2-selfHosted",
    type: template,
    name: "api-3-template",
    change: { property: "instanceType", value: "t3.small" },
    caughtBy: "hosts-as-promised",
  },
  {
    what: "a Redis host has another address",
    stack: "level1-selfHosted",
    type: instance,
    name: "redis-2-instance",
    change: { property: "privateIp", value: "10.20.144.99" },
    caughtBy: "hosts-as-promised",
    // No host of the blueprint has the instance that the volume is attached to.
    alsoBy: ["volumes-as-promised"],
  },
  {
    what: "a worker host is taken away",
    stack: "level2-selfHosted",
    type: instance,
    name: "worker-3-instance",
    change: { removed: true },
    caughtBy: "hosts-as-promised",
  },
  {
    what: "a database host is in the group of another role",
    stack: "level2-selfHosted",
    type: instance,
    name: "db-1-instance",
    change: { reference: "vpcSecurityGroupIds", type: securityGroup, to: "sg-api" },
    caughtBy: "hosts-as-promised",
  },
  {
    what: "a database volume is half of what was promised",
    stack: "level1-selfHosted",
    type: "aws:ebs/volume:Volume",
    name: "db-1-data",
    change: { property: "size", value: 50 },
    caughtBy: "volumes-as-promised",
  },
  {
    what: "a Redis volume is slower than promised",
    stack: "level2-selfHosted",
    type: "aws:ebs/volume:Volume",
    name: "redis-3-data",
    change: { property: "iops", value: 100 },
    caughtBy: "volumes-as-promised",
  },
  {
    what: "a database volume is attached to another host",
    stack: "level1-selfHosted",
    type: "aws:ec2/volumeAttachment:VolumeAttachment",
    name: "db-3-data-attachment",
    change: { reference: "instanceId", type: instance, to: "redis-1-instance" },
    caughtBy: "volumes-as-promised",
  },
  {
    what: "the API group's least is one less",
    stack: "level2-managed",
    type: "aws:autoscaling/group:Group",
    name: "app-api-group",
    change: { property: "minSize", value: 5 },
    caughtBy: "groups-as-promised",
  },
  {
    what: "the worker group of the second region starts machines by itself",
    stack: "level3-managed",
    type: "aws:autoscaling/group:Group",
    name: "-b-app-worker-group",
    change: { property: "minSize", value: 3 },
    caughtBy: "groups-as-promised",
  },
  {
    what: "the worker group launches smaller machines",
    stack: "level1-managed",
    type: template,
    name: "app-worker-template",
    change: { property: "instanceType", value: "t3.small" },
    caughtBy: "groups-as-promised",
  },
  {
    what: "the API group's machines have less disk",
    stack: "level3-managed",
    type: template,
    name: "level3-app-api-template",
    change: { property: "blockDeviceMappings.0.ebs.volumeSize", value: 8 },
    caughtBy: "groups-as-promised",
  },
  {
    what: "the API group has another name than hosts and permissions know",
    stack: "level1-managed",
    type: "aws:autoscaling/group:Group",
    name: "app-api-group",
    change: { property: "name", value: "bundler-level1-api-2" },
    caughtBy: "groups-as-promised",
  },
];
