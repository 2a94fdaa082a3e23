import { faultLine, type Fault } from "../../config/fault";

/** Everything of a stack that has no price, in one error: one line a fault. A cost that leaves something out would be taken for the whole. */
export class CostFault extends Error {
  public readonly faults: readonly Fault[];

  public constructor(faults: readonly Fault[]) {
    const count = faults.length === 1 ? "1 fault" : `${String(faults.length)} faults`;
    super([`The cost has ${count}; no total is given.`, ...faults.map(faultLine)].join("\n"));
    this.name = "CostFault";
    this.faults = faults;
  }
}
