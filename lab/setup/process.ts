import { spawn, type SpawnOptions } from "node:child_process";

/** How a process ended and what it said. */
export interface Completed {
  /** Exit code; 128 and the signal's kind are not told apart: a killed process has 1. */
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end without a terminal and keeps its output. */
export async function capture(program: string, argv: readonly string[], options: SpawnOptions = {}): Promise<Completed> {
  const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
  return { status, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") };
}

/** Runs a program on this terminal and gives its exit code. */
export async function attach(program: string, argv: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const child = spawn(program, argv, { ...options, stdio: "inherit" });
  return new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
