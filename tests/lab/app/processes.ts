import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { makeProcesses } from "../../../blueprint/processes";
import type { Process } from "../../../blueprint/types";
import { namespace, parseSettings, type Settings } from "../../../config/settings";
import { releaseTree } from "../../../lab/app/tree";
import { repository } from "../../../lab/setup/paths";
import { capture, type Completed } from "../../../lab/setup/process";

/** The example stack's settings. */
export function settings(): Settings {
  const { config } = parse(readFileSync(join(repository, "Pulumi.level1.yaml"), "utf8")) as { config: Record<string, unknown> };
  return parseSettings(Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(`${namespace}:`, ""), value])), "level1");
}

export const processes: readonly Process[] = makeProcesses(settings());

/** What a host gives a process, with a value for every secret that is not optional. */
export function environmentOf(process: Process): Record<string, string> {
  const secrets = Object.entries(process.secretEnvironment).filter(([, { optional }]) => optional !== true);
  return { ...process.environment, ...Object.fromEntries(secrets.map(([name]) => [name, `a-${name.toLowerCase()}`])) };
}

/** Runs a process of the compiled workload to its end. `without` names variables that it does not get. */
export async function run(process: Process, { without = [], preload = [] }: { without?: string[]; preload?: string[] } = {}): Promise<Completed> {
  const tree = await releaseTree();
  const directory = mkdtempSync(join(tmpdir(), "bundler-app-"));
  try {
    const wallet = join(directory, "wallet.json");
    writeFileSync(wallet, JSON.stringify(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" })));
    const files = Object.fromEntries(["TURBO_JWK_FILE", "RAW_DATA_ITEM_JWK_FILE"].filter((name) => name in process.environment).map((name) => [name, wallet]));
    // Its own ports may be taken on this machine; 0 is any.
    const ports = { UPLOAD_SERVICE_PORT: "0", PAYMENT_SERVICE_PORT: "0", BULL_BOARD_PORT: "0", METRICS_SERVER_ENABLED: "false", FS_DATA_PATH: directory };
    const given = Object.entries({ ...environmentOf(process), ...files, ...ports }).filter(([name]) => !without.includes(name));
    const argv = [...preload.flatMap((file) => ["--require", file]), process.entry];
    return await capture(globalThis.process.execPath, argv, { cwd: join(tree, process.directory), env: Object.fromEntries(given), timeout: 20_000 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
