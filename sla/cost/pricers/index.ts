import type { Pricer } from "../subject";
import { balancerPricers } from "./balancers";
import { databasePricers } from "./database";
import { keyPricers } from "./keys";
import { machinePricers } from "./machines";
import { namePricers } from "./names";
import { networkPricers } from "./network";
import { objectPricers } from "./objects";
import { redisPricers } from "./redis";
import { watchingPricers } from "./watching";

/** What resources cost, by type. A type is here, or in `free`, or a fault. */
export const pricers: Readonly<Record<string, Pricer>> = {
  ...machinePricers,
  ...networkPricers,
  ...balancerPricers,
  ...databasePricers,
  ...redisPricers,
  ...objectPricers,
  ...keyPricers,
  ...watchingPricers,
  ...namePricers,
};
