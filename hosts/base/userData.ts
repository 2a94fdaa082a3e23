import { gzipSync, strToU8 } from "fflate";
import { stringify } from "yaml";
import type { Blueprint, Host } from "../../blueprint/types";
import { planHost } from "../index";
import { cloudConfig } from "./cloudConfig";

/** EC2's limit on user data before base64. */
export const userDataLimitBytes = 16_384;

/** A host's user data before base64: its cloud-config, compressed by a library that the lockfile pins, so that the same plan gives the same bytes everywhere. */
export function userDataBytes(blueprint: Blueprint, host: Host): Uint8Array {
  const text = `#cloud-config\n${stringify(cloudConfig(planHost(blueprint, host)), { lineWidth: 0 })}`;
  return gzipSync(strToU8(text), { level: 9, mtime: 0 });
}

/** A host's user data as EC2 takes it: base64. Throws when EC2 would refuse it. */
export function userData(blueprint: Blueprint, host: Host): string {
  const bytes = userDataBytes(blueprint, host);
  if (bytes.length > userDataLimitBytes) {
    throw new Error(
      `user data of host ${host.name}: given ${String(bytes.length)} bytes after gzip, needed at most 16,384 (EC2's limit); ` +
        "shorten appEnvironment, which is the only part of it that has no bound",
    );
  }
  return Buffer.from(bytes).toString("base64");
}
