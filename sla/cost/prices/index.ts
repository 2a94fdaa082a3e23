import { euWest1 } from "./euWest1";
import type { PriceList } from "./priceList";
import { usEast1 } from "./usEast1";
import { usWest2 } from "./usWest2";

/** Regions that have prices. */
export const priceLists: ReadonlyMap<string, PriceList> = new Map([usEast1, usWest2, euWest1].map((list) => [list.region, list]));
