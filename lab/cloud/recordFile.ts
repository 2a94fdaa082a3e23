import { randomBytes } from "node:crypto";
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudRecord, type RecordData } from "./record";

/** Longest wait for another process to leave the record. */
const LOCK_WAIT_MILLISECONDS = 30_000;

interface Waiting {
  run: (record: CloudRecord) => void;
  resolve: () => void;
  reject: (fault: unknown) => void;
}

/**
 * The record in its file, shared by all provider processes. Calls that arrive together take the lock once, see what others
 * wrote, run one after the other and are written with one rename; none is answered before that.
 */
export class RecordFile {
  private record = new CloudRecord();
  private seen = "";
  private waiting: Waiting[] = [];
  private draining: "yes" | "no" = "no";

  public constructor(private readonly path: string) {}

  /** Runs one call on the record and answers when its effect is on disk. A call that throws must not have changed anything. */
  public async run<Answer>(call: (record: CloudRecord) => Answer): Promise<Answer> {
    const answers: Answer[] = [];
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ run: (record) => answers.push(call(record)), resolve, reject });
      if (this.draining === "no") {
        this.draining = "yes";
        setImmediate(() => void this.drain());
      }
    });
    return answers[0] as Answer;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      let batch: Waiting[] = [];
      try {
        await this.lock();
        try {
          batch = this.waiting.splice(0);
          this.runBatch(batch);
        } finally {
          rmSync(`${this.path}.lock`, { force: true });
        }
      } catch (fault) {
        for (const call of [...batch, ...this.waiting.splice(0)]) call.reject(fault);
      }
    }
    this.draining = "no";
  }

  private runBatch(batch: Waiting[]): void {
    this.reload();
    const before = this.record.changes;
    const done: Waiting[] = [];
    for (const call of batch) {
      try {
        call.run(this.record);
        done.push(call);
      } catch (fault) {
        call.reject(fault);
      }
    }
    if (this.record.changes !== before) this.save();
    for (const call of done) call.resolve();
  }

  private reload(): void {
    const stamp = stampOf(this.path);
    if (stamp === this.seen) return;
    this.record = new CloudRecord(stamp === "" ? undefined : (JSON.parse(readFileSync(this.path, "utf8")) as RecordData));
    this.seen = stamp;
  }

  private save(): void {
    const draft = `${this.path}.${String(process.pid)}.${randomBytes(4).toString("hex")}`;
    // 0600: secret values lie in the record as they would in the real cloud
    writeFileSync(draft, `${JSON.stringify(this.record.data(), null, 1)}\n`, { mode: 0o600 });
    renameSync(draft, this.path);
    this.seen = stampOf(this.path);
  }

  private async lock(): Promise<void> {
    const path = `${this.path}.lock`;
    mkdirSync(dirname(path), { recursive: true });
    const latest = Date.now() + LOCK_WAIT_MILLISECONDS;
    for (;;) {
      try {
        const file = openSync(path, "wx", 0o600);
        writeFileSync(file, String(process.pid));
        closeSync(file);
        return;
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
      }
      if (Date.now() > latest)
        throw new Error(`embedded cloud: ${path} has been held for ${String(LOCK_WAIT_MILLISECONDS / 1000)} s: end the process named in it, or remove it`);
      removeAbandoned(path);
      await sleep(2 + Math.random() * 6);
    }
  }
}

// Renamed before it is removed, and put back when it turns out to be a living process's: two finders cannot both remove it.
function removeAbandoned(path: string): void {
  if (holderLives(path)) return;
  const aside = `${path}.${String(process.pid)}`;
  try {
    renameSync(path, aside);
    if (holderLives(aside)) linkSync(aside, path);
    rmSync(aside, { force: true });
  } catch (fault) {
    if (!["ENOENT", "EEXIST"].includes((fault as NodeJS.ErrnoException).code ?? "")) throw fault;
  }
}

function holderLives(path: string): boolean {
  try {
    const holder = Number(readFileSync(path, "utf8"));
    if (holder === 0) return Date.now() - statSync(path).mtimeMs < 1000; // created, its number not yet written
    process.kill(holder, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${String(stat.ino)}.${String(stat.mtimeNs)}.${String(stat.size)}`;
}
