import { erasureLayout, largestErasureSet, survivesZone } from "../../../config/erasure";
import { rule, type Violation } from "../../rule";
import { fullest, hostsOf, onOwnHosts, zoneOf } from "../../stack/placement";

export const minioSurvivesAZone = rule({
  name: "minio-survives-a-zone",
  group: "redundancy",
  description: "MinIO reads and writes on with all drives of its fullest zone gone",
  why: "Data items are served from it and every upload is written to it: below its write quorum the platform takes nothing.",
  judge: (stack) =>
    onOwnHosts(stack).flatMap((region): Violation[] => {
      const { platform } = region;
      const { urn } = platform;
      if (platform.text("blueprint.objects.kind") === "s3") return [];
      const zones = hostsOf(region, "objects").map((host) => zoneOf(stack, host));
      const [drivesPerHost, parity] = [platform.number("blueprint.objects.minio.drivesPerHost"), platform.number("blueprint.objects.minio.parity")];
      const layout = { ...erasureLayout(zones.length, drivesPerHost, parity, 1), lostWithZone: fullest(zones) * drivesPerHost };
      const fix = "choose another layout: 6 hosts × 2 drives with EC:4 over 3 zones survives it";
      if (layout.drives > largestErasureSet || parity > layout.data)
        return [{ urn, promised: `one erasure set of at most ${String(largestErasureSet)} drives, at most half of them parity`, found: told(layout), fix }];
      if (survivesZone(layout)) return [];
      const needed = Math.max(layout.readQuorum, layout.writeQuorum);
      return [
        { urn, promised: `${String(needed)} drives left when a zone is lost`, found: `${String(layout.drives - layout.lostWithZone)} of ${told(layout)}`, fix },
      ];
    }),
});

function told({ drives, parity, lostWithZone }: { drives: number; parity: number; lostWithZone: number }): string {
  return `${String(drives)} drives with EC:${String(parity)}, ${String(lostWithZone)} of them in one zone`;
}
