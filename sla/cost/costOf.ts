import type { Fault } from "../../config/fault";
import type { Category, Charge } from "./charge";
import { CostFault } from "./faults";
import { free } from "./free";
import { pricers } from "./pricers";
import { priceLists } from "./prices";
import { catalogue, machineKinds, type Unit } from "./prices/catalogue";
import { machineHour, type PriceList } from "./prices/priceList";
import type { SourceName } from "./prices/sources";
import type { CostResource } from "./resource";
import { Subject } from "./subject";
import type { Usage } from "./usage";

/** One thing that a resource is charged for. */
export interface CostLine {
  resource: string;
  type: string;
  region: string;
  category: Category;
  /** What it is, e.g. `EC2 t3.large`. */
  what: string;
  /** In `unit`, a month. */
  quantity: number;
  unit: Unit;
  unitUsd: number;
  monthlyUsd: number;
  /** With groups of machines grown to their most. */
  maximumMonthlyUsd: number;
  source: SourceName;
}

/** What a stack costs in a month, in US dollars before tax, on demand. */
export interface Cost {
  lines: CostLine[];
  /** Resources that cost nothing, by type. */
  free: { type: string; count: number; why: string }[];
  /** With groups of machines at their least. */
  monthlyUsd: number;
  /** With groups of machines at their most. */
  maximumMonthlyUsd: number;
}

/** What resources cost. Throws a `CostFault` that lists every resource without a price. */
export function costOf(resources: readonly CostResource[], usage: Usage): Cost {
  const faults: Fault[] = [];
  const lines = resources.filter(({ type }) => free[type] === undefined).flatMap((resource) => linesOf(resource, resources, usage, faults));
  if (resources.length === 0) faults.push({ key: "resources", given: "none", needed: "the resources of a stack", fix: "deploy it, or preview it" });
  if (!priceLists.has(usage.servingRegion))
    faults.push({ key: "region that serves", given: usage.servingRegion, needed: [...priceLists.keys()].join(", "), fix: "add its prices to sla/cost/prices" });
  if (faults.length > 0) throw new CostFault(faults);
  return { lines, free: freeOf(resources), ...totalsOf(lines) };
}

function totalsOf(lines: readonly CostLine[]): Pick<Cost, "monthlyUsd" | "maximumMonthlyUsd"> {
  return {
    monthlyUsd: lines.reduce((sum, line) => sum + line.monthlyUsd, 0),
    maximumMonthlyUsd: lines.reduce((sum, line) => sum + line.maximumMonthlyUsd, 0),
  };
}

function linesOf(resource: CostResource, all: readonly CostResource[], usage: Usage, faults: Fault[]): CostLine[] {
  const { type, name, region } = resource;
  const pricer = pricers[type];
  const key = `${type} ${name}`;
  if (pricer === undefined) {
    faults.push({ key, given: "a type that nobody has priced", needed: "a price, or that it is free", fix: "add it to sla/cost/pricers or sla/cost/free.ts" });
    return [];
  }
  const prices = region === null ? undefined : priceLists.get(region);
  if (prices === undefined) {
    faults.push({
      key: `${key}: region`,
      given: region ?? "none",
      needed: [...priceLists.keys()].join(", "),
      fix: "add the region's prices to sla/cost/prices",
    });
    return [];
  }
  const subject = new Subject(resource, all, prices.region, usage, faults);
  return pricer(subject).flatMap((one) => {
    const line = priced(one, resource, prices);
    if (line === null && typeof one.price !== "string" && one.price.type !== "")
      subject.fault(machineKinds[one.price.kind].what, one.price.type, `a type that ${prices.region} has a price for`, "add it to sla/cost/prices");
    return line === null || line.maximumMonthlyUsd === 0 ? [] : [line];
  });
}

function priced({ category, price, quantity, maximumQuantity = quantity }: Charge, { name, type }: CostResource, prices: PriceList): CostLine | null {
  const unitUsd = typeof price === "string" ? prices.each[price] : machineHour(prices, price.kind, price.type);
  if (unitUsd === undefined) return null;
  return {
    resource: name,
    type,
    region: prices.region,
    category,
    ...(typeof price === "string"
      ? { what: catalogue[price].what, unit: catalogue[price].unit, source: catalogue[price].source }
      : { what: `${machineKinds[price.kind].what} ${price.type}`, unit: "hour", source: machineKinds[price.kind].source }),
    quantity,
    unitUsd,
    monthlyUsd: quantity * unitUsd,
    maximumMonthlyUsd: maximumQuantity * unitUsd,
  };
}

function freeOf(resources: readonly CostResource[]): Cost["free"] {
  const counts = new Map<string, number>();
  for (const { type } of resources) if (free[type] !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([type, count]) => ({ type, count, why: free[type] ?? "" }));
}
