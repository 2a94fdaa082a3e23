import { existsSync, mkdirSync } from "node:fs";
import { truncate, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { must } from "./commands";
import type { Layout } from "./layout";
import type { LabHost } from "./platform";

type Volume = LabHost["volumes"][number];

/** Attaches a volume, made empty when it is new, and gives its block device on this machine. */
export async function attachVolume(layout: Layout, volume: Volume): Promise<string> {
  const file = layout.volume(volume.volumeId);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    await writeFile(file, "");
    await truncate(file, volume.sizeGib * 1024 ** 3);
  }
  return (await must("losetup", ["--find", "--show", file])).trim();
}

/** Detaches a volume from every device that it is on. */
export async function detachVolume(layout: Layout, volume: Volume): Promise<void> {
  for (const device of await devicesOf(layout.volume(volume.volumeId))) await must("losetup", ["--detach", device]);
}

async function devicesOf(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  return (await must("losetup", ["--associated", file, "--noheadings", "--output", "NAME"])).split("\n").filter((line) => line !== "");
}
