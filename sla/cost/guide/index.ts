export { guideUsd, sameScopeSums, sameScopeUsd } from "./scope";
export { baseUsd, guideTables } from "./tables";
export type { GuideTable } from "./types";
