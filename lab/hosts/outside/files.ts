import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A file in a bucket that the operator put there, such as the application's release. */
export interface StoredFile {
  bucket: string;
  key: string;
  file: string;
}

/** Answers a read of a stored file as S3 does, also of a part of it. moto would hold it in memory, and copy it whole for each part. */
export function sendFile(request: IncomingMessage, response: ServerResponse, { file }: StoredFile): void {
  const { size, mtime } = statSync(file);
  const headers = {
    "accept-ranges": "bytes",
    "content-type": "application/octet-stream",
    etag: `"${createHash("md5")
      .update(`${file} ${String(size)} ${String(mtime.getTime())}`)
      .digest("hex")}"`,
    "last-modified": mtime.toUTCString(),
  };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const start = from === undefined ? 0 : Number(from);
  const end = to === undefined || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  const part = from === undefined ? {} : { "content-range": `bytes ${String(start)}-${String(end)}/${String(size)}` };
  response.writeHead(from === undefined ? 200 : 206, { ...headers, ...part, "content-length": end - start + 1 });
  if (request.method === "HEAD") response.end();
  else createReadStream(file, { start, end }).pipe(response);
}
