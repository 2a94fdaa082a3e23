import type { PriceList } from "./priceList";
import { usEast1 } from "./usEast1";

/** Oregon: AWS asks the same there as in N. Virginia for everything that is listed here. */
export const usWest2: PriceList = { ...usEast1, region: "us-west-2" };
