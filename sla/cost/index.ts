export { categories, type Category } from "./charge";
export { costOf, totalsOf, type Cost, type CostLine } from "./costOf";
export { CostFault } from "./faults";
export type { CostResource } from "./resource";
export { resourcesOfPreview, resourcesOfState } from "./state";
export { usualMonth, usualUsage, type Usage } from "./usage";
