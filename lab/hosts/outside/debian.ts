import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import type { RequestListener, ServerResponse } from "node:http";
import { dirname, join, normalize } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Debian's mirror as hosts see it: the packages of this machine's mirror, signed as Debian signed them, each fetched once and
 * kept. What can change (release files) is asked for anew while the mirror answers. `mirror` ends in `/debian`.
 */
export function debianMirrorService(mirror: string, directory: string): RequestListener {
  const base = mirror.replace(/\/debian\/?$/, "");
  const running = new Map<string, Promise<void>>();
  return (request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/"));
    if (!/^\/debian(-security)?\//.test(path)) {
      response.writeHead(404).end();
      return;
    }
    const file = join(directory, path);
    // Twelve hosts ask for the same file at once.
    const fetched = running.get(path) ?? fetchFile(`${base}${path}`, file).finally(() => running.delete(path));
    running.set(path, fetched);
    fetched.then(
      () => {
        send(response, file, request.headers["if-modified-since"]);
      },
      (fault: unknown) => {
        process.stderr.write(`debian: ${path}: ${fault instanceof Error ? fault.message : String(fault)}\n`);
        response.writeHead(404).end();
      },
    );
  };
}

/** Whether a file never changes: packages and what is named by its hash. */
function isImmutable(path: string): boolean {
  return path.includes("/pool/") || path.includes("/by-hash/");
}

/** A release file is as good as new for this long. */
const freshMilliseconds = 3_600_000;

async function fetchFile(url: string, file: string): Promise<void> {
  const known = existsSync(file);
  if (known && (isImmutable(file) || Date.now() - statSync(file).ctimeMs < freshMilliseconds)) return;
  try {
    const answer = await fetch(url);
    if (!answer.ok || answer.body === null) throw new Error(`the mirror answered ${String(answer.status)}`);
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${String(process.pid)}.${String(Math.random()).slice(2)}`;
    try {
      await pipeline(Readable.fromWeb(answer.body), createWriteStream(draft));
      // By this a host knows that it has the file already.
      const changed = new Date(answer.headers.get("last-modified") ?? (/Release$/.test(file) ? releaseDate(draft) : undefined) ?? Date.now());
      utimesSync(draft, changed, changed);
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (fault) {
    if (!known) throw fault;
  }
}

/** When a release file was made, by its own word; not every mirror gives a time of change. */
function releaseDate(file: string): string | undefined {
  return /^Date: (.+)$/m.exec(readFileSync(file, "utf8"))?.[1];
}

function send(response: ServerResponse, file: string, since: string | undefined): void {
  const { size, mtime } = statSync(file);
  // HTTP's times are whole seconds.
  const changed = Math.floor(mtime.getTime() / 1000) * 1000;
  if (since !== undefined && Date.parse(since) >= changed) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { "content-length": size, "content-type": "application/octet-stream", "last-modified": new Date(changed).toUTCString() });
  createReadStream(file).pipe(response);
}
