import type { SelfHostedBlueprint } from "../../blueprint/types";
import { stoppingMark } from "./paths";

/** Between the look that finds the mark and the answer to the proxy's check. */
const answerMilliseconds = 300;

/** What Patroni runs before it stops PostgreSQL in good order: it marks the stop, and gives every data proxy the time to see it. */
export function beforeStop({ database, proxy }: SelfHostedBlueprint): string {
  const seconds = (database.role.pollMilliseconds + proxy.checkIntervalMilliseconds + answerMilliseconds) / 1000;
  return `#!/bin/sh\n: >${stoppingMark}\nsleep ${String(seconds)}\n`;
}
