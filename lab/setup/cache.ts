import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheDirectory } from "./paths";

const LOCK_POLL_MILLISECONDS = 500;

/** Something slow to make that depends on its inputs only. */
export interface CacheEntry {
  name: string;
  /** Everything that, when changed, makes another result. */
  inputs: readonly string[];
  /** Fills a directory that does not exist yet; the log is where a step writes what it prints. */
  make: (directory: string, log: string) => Promise<void>;
}

/**
 * The directory of an entry in this machine's cache, made first when it is not there. It appears whole or not at all, and
 * two processes that want it at once make it once.
 */
export async function cached(entry: CacheEntry): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(entry.inputs)).digest("hex").slice(0, 16);
  const directory = join(cacheDirectory(), `${entry.name}-${key}`);
  if (existsSync(directory)) return directory;
  mkdirSync(cacheDirectory(), { recursive: true });
  const release = await takeLock(`${directory}.lock`, entry.name);
  const unfinished = `${directory}.unfinished`;
  try {
    if (existsSync(directory)) return directory;
    rmSync(unfinished, { recursive: true, force: true });
    await entry.make(unfinished, `${directory}.log`);
    renameSync(unfinished, directory);
    return directory;
  } finally {
    release();
  }
}

/** Waits until no other living process holds the lock. The lock of a dead one is taken over. */
async function takeLock(lock: string, name: string): Promise<() => void> {
  let said: number | undefined;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return () => {
        rmSync(lock, { force: true });
      };
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
    }
    const holder = holderOf(lock);
    if (holder === "gone") {
      const stale = `${lock}.${String(process.pid)}`;
      try {
        renameSync(lock, stale);
        rmSync(stale, { force: true });
      } catch {
        // Another waiter moved it away first; the next round decides who holds it.
      }
    } else if (holder !== undefined && said !== holder) {
      said = holder;
      process.stderr.write(`Waiting for process ${String(holder)}, which makes ${name} …\n`);
    }
    await sleep(LOCK_POLL_MILLISECONDS);
  }
}

/** Undefined while the holder has not written its id yet, or when the lock has just been given back. */
function holderOf(lock: string): number | "gone" | undefined {
  let text: string;
  try {
    text = readFileSync(lock, "utf8");
  } catch {
    return undefined;
  }
  const holder = Number.parseInt(text, 10);
  if (Number.isNaN(holder)) return undefined;
  try {
    process.kill(holder, 0);
    return holder;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM" ? holder : "gone";
  }
}
