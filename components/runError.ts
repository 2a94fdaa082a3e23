import * as pulumi from "@pulumi/pulumi";

/** Runs a pure step; what it throws reaches the operator as a message without a stack trace, and nothing was created. */
export function faultsAsRunErrors<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (fault) {
    throw new pulumi.RunError(fault instanceof Error ? fault.message : String(fault));
  }
}
