export type { CostResource } from "./resource";
export { CostFault } from "./faults";
export { baseUsd } from "./guide";
export { categories, type Category } from "./charge";
export { costDocument, dollars, type PricedStack } from "./document";
export { costOf, totalsOf, type Cost, type CostLine } from "./costOf";
export { resourcesOfPreview, resourcesOfState } from "./state";
export { usualMonth, usualUsage, type Usage } from "./usage";
