import { spawn, type ChildProcess } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { programOf, runnerEnvironment, runnerOf } from "./program";

/** The SDK's exit code for: the program failed and has said why. */
const EXPLAINED_EXIT_CODE = 32;

/** Programs and plugins that run now, so that a cancelled update ends them. */
const running = new Set<ChildProcess>();

export function cancelAll(): void {
  for (const child of running) child.kill();
}

/** Runs a Pulumi program to its end with the SDK's own runner. */
export async function runProgram(request: messages.RunRequest, engine: string): Promise<messages.RunResponse> {
  const program = programOf(request.getInfo());
  const config: Record<string, string> = {};
  request.getConfigMap().forEach((value, key) => {
    config[key] = value;
  });
  const argv = [
    ...program.nodeArguments,
    runnerOf(program, "run"),
    ...["--monitor", request.getMonitorAddress(), "--engine", engine],
    ...["--organization", request.getOrganization(), "--project", request.getProject(), "--stack", request.getStack()],
    ...["--pwd", request.getPwd(), "--parallel", String(request.getParallel()), "--root-directory", program.root],
    ...(request.getDryrun() ? ["--dry-run"] : []),
    program.entry,
    ...request.getArgsList(),
  ];
  const environment = {
    ...process.env,
    ...runnerEnvironment(program),
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
  const child = track(spawn(process.execPath, argv, { cwd: program.directory, env: environment, stdio: ["ignore", "inherit", "inherit"] }));
  const { code, signal } = await end(child);
  const response = new messages.RunResponse();
  if (code === EXPLAINED_EXIT_CODE) response.setBail(true);
  else if (code !== 0) response.setError(code === null ? `the program was ended by ${signal ?? "a signal"}` : `the program exited with code ${String(code)}`);
  return response;
}

/** Runs a policy pack or a provider written for Node.js, and passes on what it prints. */
export async function runPlugin(call: ServerWritableStream<messages.RunPluginRequest, messages.RunPluginResponse>): Promise<void> {
  const { request } = call;
  const program = programOf(request.getInfo());
  const given = request.getArgsList();
  const words =
    request.getKind() === "analyzer"
      ? [runnerOf(program, "run-policy-pack"), ...given, program.directory]
      : [runnerOf(program, "run-plugin"), program.directory, ...given];
  const pairs = request.getEnvList().map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const);
  const child = spawn(process.execPath, [...program.nodeArguments, ...words], {
    cwd: request.getPwd(),
    env: { ...process.env, ...runnerEnvironment(program), ...Object.fromEntries(pairs) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  track(child);
  child.stdout.on("data", (chunk: Buffer) => {
    const response = new messages.RunPluginResponse();
    response.setStdout(chunk);
    call.write(response);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    const response = new messages.RunPluginResponse();
    response.setStderr(chunk);
    call.write(response);
  });
  call.on("cancelled", () => child.kill());
  const { code } = await end(child);
  const response = new messages.RunPluginResponse();
  response.setExitcode(code ?? 1);
  call.write(response);
  call.end();
}

/** Installs a program's packages as its lockfile has them. */
export async function installPackages(call: ServerWritableStream<messages.InstallDependenciesRequest, messages.InstallDependenciesResponse>): Promise<void> {
  const child = spawn("npm", ["ci", "--ignore-scripts"], { cwd: call.request.getDirectory(), stdio: ["ignore", "pipe", "pipe"] });
  track(child);
  const pass = (chunk: Buffer): void => {
    const response = new messages.InstallDependenciesResponse();
    response.setStdout(chunk);
    call.write(response);
  };
  child.stdout.on("data", pass);
  child.stderr.on("data", pass);
  const { code } = await end(child);
  if (code !== 0) throw new Error(`npm ci: exited with code ${String(code)}`);
  call.end();
}

function track<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

async function end(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ code, signal });
    });
  });
}
