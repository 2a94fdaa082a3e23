import type { Blueprint, Host } from "../blueprint/types";
import { appPlan } from "./app/plan";
import { roleArtifacts } from "./base/artifacts";
import { basePlan } from "./base/plan";
import { databasePlan } from "./database/plan";
import { edgePlan } from "./edge/plan";
import { objectsPlan } from "./objects/plan";
import { redisPlan } from "./redis/plan";
import type { HostPlan, WholeHostPlan } from "./types";

export { cloudConfig } from "./base/cloudConfig";
export { userData, userDataBytes, userDataLimitBytes } from "./base/userData";

/** What a host's role puts on it, without the base. */
export function rolePlan(blueprint: Blueprint, host: Host): HostPlan {
  switch (host.role) {
    case "edge":
      return edgePlan(blueprint, host);
    case "api":
    case "worker":
      return appPlan(blueprint, host);
    case "database":
      return databasePlan(blueprint, host);
    case "redis":
      return redisPlan(blueprint, host);
    case "objects":
      return objectsPlan(blueprint, host);
  }
}

/** Everything that is on a host: its base and its role. */
export function planHost(blueprint: Blueprint, host: Host): WholeHostPlan {
  return basePlan(blueprint, host, rolePlan(blueprint, host), roleArtifacts(blueprint, host));
}
