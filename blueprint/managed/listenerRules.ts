import type { Route, Service } from "../types";

/** One rule of a load balancer: a path that matches one of these goes to the service. */
export interface ListenerRule {
  /** Lower ones are asked first. */
  priority: number;
  service: Service;
  /** Of the whole path. */
  regexes: string[];
}

/** Most comparison strings of one condition (ALB user guide, listener rules). */
const mostPerCondition = 3;

/**
 * A letter, digit or one of `-._~`, and `/`, written as %XX: what no client needs to do, and what would spell a denied path
 * in a way that the load balancer, which does not decode, lets pass.
 */
const encoded = "^.*%(2[dDeEfF]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE]).*$";

/** The route table as rules of a load balancer's listener, in the same order; the last row is the listener's default. */
export function listenerRules(routes: readonly Route[]): { rules: ListenerRule[]; otherwise: Service } {
  const last = routes.at(-1);
  if (last?.path !== "/" || last.match !== "prefix") throw new Error("route table: its last row is not the default, prefix /");
  const runs: { service: Service; regexes: string[] }[] = [{ service: "deny", regexes: [encoded] }];
  for (const route of routes.slice(0, -1)) {
    const run = runs.at(-1);
    if (run?.service === route.service && run.regexes.length < mostPerCondition) run.regexes.push(regexOf(route));
    else runs.push({ service: route.service, regexes: [regexOf(route)] });
  }
  return { rules: runs.map((run, index) => ({ priority: (index + 1) * 10, ...run })), otherwise: last.service };
}

/** Either case of each letter by classes: the application's router ignores case. */
function regexOf({ path, match }: Route): string {
  const literal = path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const either = literal.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
  return `^${either}${match === "prefix" ? ".*" : ""}$`;
}
