import type { Item } from "./item";
import type { Stack } from "./stack";

/** The EBS devices of launch templates: `path` is that of a device's `ebs`. */
export function templateDisks(stack: Stack): { item: Item; path: string }[] {
  return stack.ofType("aws:ec2/launchTemplate:LaunchTemplate").flatMap((item) =>
    item
      .list("blockDeviceMappings")
      .map((_, index) => `blockDeviceMappings.${String(index)}.ebs`)
      .filter((path) => item.has(path))
      .map((path) => ({ item, path })),
  );
}
