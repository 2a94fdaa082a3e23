import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** A command of the lab that failed. */
export class CommandFault extends Error {}

/** Runs a program to its end and gives what it printed. Throws a `CommandFault` with its own words when it fails. */
export async function must(program: string, argv: readonly string[], input = ""): Promise<string> {
  const { status, stdout, stderr } = await run(program, argv, input);
  if (status !== 0)
    throw new CommandFault(`${program} ${argv.join(" ")}: ended with ${String(status)}: ${stderr.trim()}${stdout === "" ? "" : ` ${stdout.trim()}`}`);
  return stdout;
}

/** Runs a program to its end. A status of -1 is a signal's. */
export async function run(program: string, argv: readonly string[], input = ""): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = spawn(program, argv, { stdio: ["pipe", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  // A program that ends before it has read everything closes the pipe; its status says why.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? -1);
    });
  });
  return { status, ...texts };
}

/** Starts a program that outlives this process, with all that it prints in a log. Gives its process id. */
export function startDetached(program: string, argv: readonly string[], log: string, environment: NodeJS.ProcessEnv = process.env): number {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, "a");
  try {
    const child = spawn(program, argv, { detached: true, stdio: ["ignore", output, output], env: environment });
    child.on("error", () => undefined);
    child.unref();
    if (child.pid === undefined) throw new CommandFault(`${program}: cannot be started`);
    return child.pid;
  } finally {
    closeSync(output);
  }
}
