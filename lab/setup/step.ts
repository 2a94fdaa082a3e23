import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { SetupFault } from "./fault";

/** How often a slow step says that it is alive. */
const HEARTBEAT_MILLISECONDS = 15_000;
const LAST_LINES = 20;

/** A slow program of the set-up. */
export interface Step {
  /** What is made and how long it takes, e.g. `Building the Pulumi CLI (about 3 minutes, once on this machine)`. */
  title: string;
  program: string;
  argv: readonly string[];
  environment?: NodeJS.ProcessEnv;
  directory?: string;
  /** Everything it prints. */
  log: string;
}

/** Runs a slow program with a sign of life every 15 s. Throws a `SetupFault` with its last lines when it fails. */
export async function runStep(step: Step): Promise<void> {
  const began = Date.now();
  const seconds = (): string => `${String(Math.round((Date.now() - began) / 1000))} s`;
  process.stderr.write(`${step.title} …\n`);
  mkdirSync(dirname(step.log), { recursive: true });
  const log = createWriteStream(step.log);
  const child = spawn(step.program, step.argv, { cwd: step.directory, env: step.environment ?? process.env, stdio: ["ignore", "pipe", "pipe"] });
  let last: string[] = [];
  const keep = (chunk: Buffer): void => {
    log.write(chunk);
    const lines = chunk
      .toString("utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
    last = [...last, ...lines].slice(-LAST_LINES);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const heartbeat = setInterval(() => process.stderr.write(`  ${seconds()}: ${(last.at(-1) ?? "started").slice(0, 100)}\n`), HEARTBEAT_MILLISECONDS);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        resolve(code ?? 1);
      });
    });
    if (status !== 0) throw new SetupFault(`${step.title}: failed after ${seconds()}. Its last lines (all in ${step.log}):\n${last.join("\n")}`);
  } finally {
    clearInterval(heartbeat);
    log.end();
  }
  process.stderr.write(`  done in ${seconds()}\n`);
}
