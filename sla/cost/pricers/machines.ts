import { cidrOf, contains, parseCidr } from "../../../config/cidr";
import { charge, type Pricer, type Subject } from "../subject";
import { hoursOfMonth, type Charge } from "../charge";

/** gp3 has these without a charge. */
const included = { iops: 3000, throughputMibps: 125 };
/** Roles of own hosts that hold a copy of what another wrote. */
const replicas = ["database", "redis", "objects"];

/** Own hosts, groups of machines, and their disks. A launch template costs nothing: what is launched by it does. */
export const machinePricers: Record<string, Pricer> = {
  "aws:ec2/instance:Instance": (subject) => [...launched(subject, 1, 1), ...publicAddress(subject), ...ownReplica(subject)],
  "aws:autoscaling/group:Group": (subject) => launched(subject, subject.number("minSize"), subject.number("maxSize")),
  "aws:ebs/volume:Volume": (subject) => {
    subject.only("type", "gp3");
    return disk(subject.number("size"), 1, 1, optionalNumber(subject, "iops"), optionalNumber(subject, "throughput"));
  },
};

/** Machines of the launch template beside them, with their root disks. */
function launched(subject: Subject, least: number, most: number): Charge[] {
  const template = subject.sibling("aws:ec2/launchTemplate:LaunchTemplate");
  if (template === null) return [];
  const type = template.text("instanceType");
  const disks = template.list("blockDeviceMappings").flatMap((_, index) => {
    const ebs = ["blockDeviceMappings", index, "ebs"];
    if (template.text(...ebs, "volumeType") !== "gp3") template.fault(`${ebs.join(".")}.volumeType`, template.property(...ebs, "volumeType"), "gp3");
    return disk(template.number(...ebs, "volumeSize"), least, most);
  });
  return [{ category: "machines", price: { kind: "ec2", type }, quantity: least * hoursOfMonth, maximumQuantity: most * hoursOfMonth }, ...disks];
}

function disk(sizeGib: number, least: number, most: number, iops = included.iops, throughputMibps = included.throughputMibps): Charge[] {
  const more = Math.max(0, iops - included.iops);
  const faster = Math.max(0, throughputMibps - included.throughputMibps);
  return [
    { category: "disks", price: "ebsStorage", quantity: sizeGib * least, maximumQuantity: sizeGib * most },
    ...(more === 0 ? [] : [charge("disks", "ebsIops", more)]),
    ...(faster === 0 ? [] : [charge("disks", "ebsThroughput", faster)]),
  ];
}

/** A machine in a subnet that gives public addresses has one. The subnet is told by the machine's own private address, which the blueprint fixes. */
function publicAddress(subject: Subject): Charge[] {
  const address = parseCidr(`${subject.text("privateIp")}/32`);
  if (address === null) return [];
  const open = subject
    .ofType("aws:ec2/subnet:Subnet")
    .filter((subnet) => subnet.flag("mapPublicIpOnLaunch") && subnet.resource.region === subject.resource.region)
    .some((subnet) => contains(cidrOf(subnet.text("cidrBlock")), address));
  return open ? [charge("addresses", "publicAddress", hoursOfMonth)] : [];
}

function ownReplica(subject: Subject): Charge[] {
  const role = subject.property("tags", "ha:role");
  return typeof role === "string" && replicas.includes(role) ? [charge("zones", "crossZone", subject.amount("ownReplicaGib"))] : [];
}

function optionalNumber(subject: Subject, name: string): number | undefined {
  return subject.property(name) === undefined ? undefined : subject.number(name);
}
