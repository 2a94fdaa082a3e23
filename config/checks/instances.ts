import type { Settings } from "../keys";
import type { LayoutRole } from "../layout";
import type { Check } from "./check";

/** Artifacts and Debian's image are x86-64; a Graviton family has a g after its number (t4g, m7gd, c6gn). */
const graviton = /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./;
/** Families whose cores are lent for credits; without credits such a host fails slowly, which looks like no failure to anyone. */
const burst = /^t\d[a-z]*\./;
const under8Gib = /\.(nano|micro|small|medium)$/;

/** Roles whose memory settings assume 8 GiB: shared_buffers 2 GB beside a 6 GB cache; two Redis whose AOF rewrite doubles them. */
const roomy: readonly LayoutRole[] = ["database", "redis"];

function key(role: LayoutRole) {
  return `${role}InstanceType` as const;
}

/** Instance types that can run what is put on them. Burst types are allowed at level 1. */
export const instanceChecks: readonly Check[] = (["edge", "api", "worker", "database", "redis", "objects"] as const).map((role) => ({
  reads: [key(role), "level"],
  find(settings: Settings) {
    const given = settings[key(role)];
    if (graviton.test(given)) return [{ key: key(role), given, needed: "an x86-64 instance type", fix: "release, Node and image are built for x86-64" }];
    if (settings.level > 1 && burst.test(given))
      return [
        { key: key(role), given, needed: `at level ${settings.level} a type without CPU credits, such as m7i.large`, fix: "burst types are for level 1" },
      ];
    if (roomy.includes(role) && under8Gib.test(given))
      return [{ key: key(role), given, needed: "8 GiB of memory, large or larger", fix: "its memory settings assume that much" }];
    return [];
  },
}));
