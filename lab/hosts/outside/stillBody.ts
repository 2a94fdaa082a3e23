import type { IncomingMessage, ServerResponse } from "node:http";

/** S3's own limit (AWS Knowledge Center, s3-socket-connection-timeout-error). */
const stillMilliseconds = 20_000;

/**
 * Ends a request whose body was announced and does not come, as S3 does, with an answer after which clients try again. A client
 * that asked whether to go on (`Expect: 100-continue`) and never does would wait for ever without it.
 */
export function endWhenStill(request: IncomingMessage, response: ServerResponse, milliseconds = stillMilliseconds): void {
  const end = (): void => {
    process.stderr.write(`s3: ${request.method ?? ""} ${request.url ?? ""}: nothing of its body for ${String(milliseconds / 1000)} s\n`);
    if (response.headersSent) response.destroy();
    else response.writeHead(400, { "content-type": "application/xml", connection: "close" }).end(answer);
  };
  let timer = setTimeout(end, milliseconds);
  request.on("data", () => {
    clearTimeout(timer);
    timer = setTimeout(end, milliseconds);
  });
  for (const event of ["end", "close"] as const)
    request.on(event, () => {
      clearTimeout(timer);
    });
}

const answer =
  "<Error><Code>RequestTimeout</Code><Message>Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.</Message></Error>";
