import type { ParameterizedContext } from "koa";
import { log, reason } from "../../../common/log";

export type Context = ParameterizedContext;

/** Payer of uploads that name none in `x-lab-address`. */
export const defaultAddress = "lab-payer";

export function payer(context: Context): string {
  const given = context.get("x-lab-address");
  return given === "" ? defaultAddress : given;
}

export function part(context: Context, name: string): string {
  return (context["params"] as Record<string, string | undefined>)[name] ?? "";
}

/** A route's work; whatever it throws is a service that is away: 503. */
export function answering(work: (context: Context) => Promise<void>): (context: Context) => Promise<void> {
  return async (context) => {
    try {
      await work(context);
    } catch (fault) {
      log("error", "request failed", { method: context.method, path: context.path, error: reason(fault) });
      context.status = 503;
      context.body = { error: reason(fault) };
    }
  };
}
