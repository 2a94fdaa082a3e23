import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SetupFault } from "../setup/fault";
import { repository } from "../setup/paths";

/** The language host, where the engine looks when none was installed beside it. */
export function installLanguageHost(pulumiHome: string): void {
  const version = packageVersion("@pulumi/pulumi");
  const file = join(pulumiHome, "plugins", `language-nodejs-v${version}`, "pulumi-language-nodejs");
  writeExecutable(file, startsTypeScript("lab/engine/language/main.ts"));
}

/**
 * Keeps the engine from writing a compressed, encrypted log of every command beside its plugins, which is half of what an unchanged
 * preview costs it and which nobody reads here. It has no switch for that; it goes without when its directory cannot be made.
 * `lab/pulumi … --logtostderr -v=9` still says everything.
 */
export function keepNoEngineLogs(pulumiHome: string): void {
  const logs = join(pulumiHome, "logs");
  if (statSync(logs, { throwIfNoEntry: false })?.isFile() === true) return;
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(pulumiHome, { recursive: true });
  writeFileSync(logs, "");
}

/** The version of an installed npm package. */
export function packageVersion(name: string): string {
  const { version } = createRequire(join(repository, "package.json"))(`${name}/package.json`) as { version?: unknown };
  if (typeof version !== "string") throw new SetupFault(`${name}: its package.json has no version; run: npm ci --ignore-scripts`);
  return version;
}

/** A shell script that becomes a TypeScript program of the clone, by the Node.js that runs now. */
function startsTypeScript(program: string): string {
  const loader = join(repository, "node_modules/tsx/dist/cjs/index.cjs");
  const words = [process.execPath, "--require", loader, join(repository, program)].map(quoted).join(" ");
  return `#!/bin/sh\nexec ${words} "$@"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Written only when it differs, and never half: another engine may be starting it. */
function writeExecutable(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${String(process.pid)}`;
  writeFileSync(unfinished, content);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, file);
}
