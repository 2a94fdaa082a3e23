import { createRequire } from "node:module";
import { join } from "node:path";
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { words } from "./words";

/** A program's place and how it wants to be started: the runtime options of its Pulumi.yaml. */
export interface Program {
  root: string;
  directory: string;
  entry: string;
  nodeArguments: string[];
  /** Whether the SDK's runner compiles TypeScript itself. Its default is that it does. */
  typescript: "by the runner" | "by a loader";
}

/** Reads what the engine says of a program. */
export function programOf(info: ProgramInfo | undefined): Program {
  if (info === undefined) throw new Error("the engine gave no program info: it is older than this language host needs");
  const options = info.getOptions()?.toJavaScript() ?? {};
  const nodeArguments = options["nodeargs"];
  return {
    root: info.getRootDirectory(),
    directory: info.getProgramDirectory(),
    entry: info.getEntryPoint(),
    nodeArguments: typeof nodeArguments === "string" ? words(nodeArguments) : [],
    typescript: options["typescript"] === false ? "by a loader" : "by the runner",
  };
}

/** Environment by which the SDK's runner knows how to compile. */
export function runnerEnvironment(program: Program): Record<string, string> {
  return { PULUMI_NODEJS_TYPESCRIPT: String(program.typescript === "by the runner") };
}

/** The SDK's own runner, as the program's packages have it: `run`, `run-plugin` or `run-policy-pack`. */
export function runnerOf(program: Program, runner: string): string {
  return createRequire(join(program.directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${runner}`);
}
