import { Refusal } from "../fault";
import { majorOf, type Engine } from "./versions";

const SIZES = ["micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge", "48xlarge"];

/** Families, the smallest and the largest size, and the first major version that no longer has them. */
type Offer = [families: string[], smallest: string, largest: string, endsWith?: number];

/** How a database is deployed decides which classes it can have. */
export type Deployment = Engine | "multi-az-cluster";

/**
 * Instance classes that each deployment offers for PostgreSQL 16 and 17 (RDS and Aurora user guides, "Supported DB engines
 * for DB instance classes"; RDS user guide, "Instance class availability for Multi-AZ DB clusters": those with local disks).
 */
const OFFERS: Record<Deployment, Offer[]> = {
  postgres: [
    [["t3", "t4g"], "micro", "2xlarge"],
    [["m6g", "m6gd", "m7g", "r6g", "r6gd", "r7g", "x2g"], "large", "16xlarge"],
    [["m5", "m5d", "r5", "r5b", "r5d"], "large", "24xlarge"],
    [["m6i", "m6id", "m6idn", "m6in", "r6i", "r6id", "r6idn", "r6in", "x2iedn"], "large", "32xlarge"],
    [["m7i", "m8g", "r7i", "r8g"], "large", "48xlarge"],
  ],
  "aurora-postgresql": [
    [["t3", "t4g"], "medium", "medium"],
    [["t4g"], "large", "large"],
    [["t3"], "large", "large", 17],
    [["r6g", "r7g", "x2g"], "large", "16xlarge"],
    [["r6gd"], "xlarge", "16xlarge"],
    [["r5"], "large", "24xlarge"],
    [["r6i"], "large", "32xlarge"],
    [["r6id"], "24xlarge", "32xlarge"],
    [["r7i", "r8g"], "large", "48xlarge"],
  ],
  "multi-az-cluster": [
    [["c6gd"], "medium", "16xlarge"],
    [["m6gd", "r6gd"], "large", "16xlarge"],
    [["m5d", "r5d"], "large", "24xlarge"],
    [["m6id", "m6idn", "r6id", "r6idn", "x2iedn"], "large", "32xlarge"],
  ],
};

/** Refuses a class that does not exist, or that this deployment does not offer. */
export function checkClass(deployment: Deployment, version: string, written: string): void {
  if (offers(deployment, version, written)) return;
  if (!Object.values(OFFERS).some((all) => all.some((offer) => isIn(offer, written))))
    throw new Refusal("InvalidParameterValue", `Invalid DB Instance class: ${written}`);
  const engine = deployment === "multi-az-cluster" ? "postgres" : deployment;
  throw new Refusal(
    "InvalidParameterCombination",
    `RDS does not support creating a DB ${deployment === "multi-az-cluster" ? "cluster" : "instance"} with the following combination: ` +
      `DBInstanceClass=${written}, Engine=${engine}, EngineVersion=${version}`,
  );
}

function offers(deployment: Deployment, version: string, written: string): boolean {
  return OFFERS[deployment].some((offer) => isIn(offer, written) && (offer[3] === undefined || majorOf(version) < offer[3]));
}

function isIn([families, smallest, largest]: Offer, written: string): boolean {
  const [db, family = "", size = "", ...rest] = written.split(".");
  const at = SIZES.indexOf(size);
  return db === "db" && rest.length === 0 && families.includes(family) && at >= SIZES.indexOf(smallest) && at <= SIZES.indexOf(largest);
}
