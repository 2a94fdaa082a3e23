import { erasureLayout, largestErasureSet, survivesZone } from "../erasure";
import type { Fault } from "../fault";
import type { Key } from "../keys";
import type { Check } from "./check";

const layoutKeys = ["objectStore", "minioHosts", "minioDrivesPerHost", "minioParity", "zones"] as const;

/** MinIO has no default download: the community's is no longer published. */
const supplied: Check = {
  reads: ["objectStore", "minioUrl", "minioSha256"],
  find(settings) {
    if (settings.objectStore !== "minio" && settings.minioUrl === null && settings.minioSha256 === null) return [];
    return (["minioUrl", "minioSha256"] as const)
      .filter((key) => settings[key] === null)
      .map((key: Key): Fault => ({
        key,
        given: "nothing",
        needed: key === "minioUrl" ? "the address of a MinIO server program" : "its SHA-256, 64 hexadecimal digits",
        fix: "publish the program that you trust and pin it, or use objectStore s3",
      }));
  },
};

/** A layout that MinIO accepts as one erasure set. */
const wellFormed: Check = {
  reads: layoutKeys,
  find(settings) {
    if (settings.objectStore !== "minio") return [];
    const drives = settings.minioHosts * settings.minioDrivesPerHost;
    if (drives > largestErasureSet)
      return [
        {
          key: "minioDrivesPerHost",
          given: `${settings.minioHosts} hosts × ${settings.minioDrivesPerHost} = ${drives} drives`,
          needed: `at most ${largestErasureSet}, one erasure set`,
          fix: "use fewer, larger drives",
        },
      ];
    if (settings.minioParity > drives / 2)
      return [
        {
          key: "minioParity",
          given: `EC:${settings.minioParity} of ${drives} drives`,
          needed: `at most half of them, ${Math.floor(drives / 2)}`,
          fix: "lower minioParity or add drives",
        },
      ];
    return [];
  },
};

/** A layout that reads and writes on with a zone gone. */
const survivable: Check = {
  reads: [...layoutKeys, "minioParity"],
  find(settings) {
    if (settings.objectStore !== "minio") return [];
    const found = erasureLayout(settings.minioHosts, settings.minioDrivesPerHost, settings.minioParity, settings.zones.length);
    if (survivesZone(found)) return [];
    return [
      {
        key: "minioParity",
        given: `EC:${found.parity} of ${found.drives} drives, ${found.lostWithZone} of them in one zone`,
        needed: `${found.writeQuorum} drives left for writes when a zone is lost, not ${found.drives - found.lostWithZone}`,
        fix: "choose another layout: 6 hosts × 2 drives with EC:4 over 3 zones survives it",
      },
    ];
  },
};

export const objectChecks: readonly Check[] = [supplied, wellFormed, survivable];
