import type { Host, Volume } from "../../../blueprint/types";
import { differences, missing } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const volumesAsPromised = rule({
  name: "volumes-as-promised",
  group: "facts",
  description: "every data volume of the blueprint has its size and speed, stands in its host's zone and is attached to that host, and there is no other",
  why: "A host that comes back finds its data by the volume at its device; the time that a member takes to follow again is counted by the volume's speed.",
  judge: (stack) => stack.regions.flatMap((region) => judgeRegion(stack, region)),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const instances = new Map(region.ofType("aws:ec2/instance:Instance").map((instance) => [instance.urn, instance.text("privateIp")]));
  const attached = new Map(
    region.ofType("aws:ec2/volumeAttachment:VolumeAttachment").map((attachment) => {
      const [to] = stack.referred(attachment, "instanceId", "aws:ec2/instance:Instance");
      const [volume] = stack.referred(attachment, "volumeId", "aws:ebs/volume:Volume");
      return [`${(to === undefined ? undefined : instances.get(to.urn)) ?? "nowhere"} ${attachment.text("deviceName")}`, volume];
    }),
  );
  const used = new Set<Item>();
  const found = region.blueprint.hosts.flatMap((host) =>
    host.volumes.flatMap((volume) => {
      const item = attached.get(`${host.address} ${volume.device}`);
      if (item === undefined) return [missing(region, `volume ${volume.name} of ${host.name}, attached at ${volume.device}`)];
      used.add(item);
      return judgeVolume(host, volume, item);
    }),
  );
  const beyond = region.ofType("aws:ebs/volume:Volume").filter((item) => !used.has(item));
  return [
    ...found,
    ...beyond.map((item) => ({
      urn: item.urn,
      promised: "no volume beyond those of the blueprint",
      found: "a volume that no host has at its promised device",
      fix: "attach it to the host whose data it holds, or remove it",
    })),
  ];
}

function judgeVolume(host: Host, volume: Volume, item: Item): Violation[] {
  return differences(item, `volume ${volume.name} of ${host.name}`, [
    ["zone", host.zone, item.text("availabilityZone")],
    ["GiB", volume.sizeGib, item.number("size")],
    ["operations a second", volume.iops, item.number("iops")],
    ["MiB a second", volume.throughputMibps, item.number("throughput")],
  ]);
}
