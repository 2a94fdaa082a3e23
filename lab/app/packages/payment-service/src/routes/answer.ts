import type { ParameterizedContext } from "koa";
import { log, reason } from "../../../common/log";
import { BadRequest, InsufficientBalance, Unauthorized, UserNotFound } from "../database/faults";

export type Context = ParameterizedContext;

/** A route's work. What it throws becomes its status; whatever nobody expected, such as a database that is away, is 503. */
export function answering(work: (context: Context) => Promise<void>): (context: Context) => Promise<void> {
  return async (context) => {
    try {
      await work(context);
    } catch (fault) {
      context.status = statusOf(fault);
      context.body = { error: reason(fault) };
      if (context.status === 503) log("error", "request failed", { method: context.method, path: context.path, error: reason(fault) });
    }
  };
}

function statusOf(fault: unknown): number {
  if (fault instanceof BadRequest || fault instanceof SyntaxError) return 400;
  if (fault instanceof Unauthorized) return 401;
  if (fault instanceof InsufficientBalance) return 402;
  return fault instanceof UserNotFound ? 404 : 503;
}
