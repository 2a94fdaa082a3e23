import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";

const height = 1_000_000;
/** Deep enough for the application to call a bundle permanent. */
const confirmations = 100;

/**
 * An Arweave gateway that takes everything and remembers how often: `POST /tx` and `/chunk` as the network's, and
 * `GET /lab/posted`, which tells how often each transaction was posted. A second post of one is a second effect.
 */
export function arweaveService(): RequestListener {
  const posted = new Map<string, number>();
  return (request, response) => {
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (request.method === "POST") {
      text(request).then(
        (body) => {
          if (path === "/tx") {
            const id = idOf(body);
            posted.set(id, (posted.get(id) ?? 0) + 1);
          }
          reply(200, { ok: true });
        },
        () => response.destroy(),
      );
    } else if (path === "/lab/posted") {
      reply(200, Object.fromEntries(posted));
    } else {
      const id = /^\/tx\/([^/]+)\/status$/.exec(path)?.[1];
      if (id === undefined) reply(200, { network: "lab", height });
      else if (posted.has(id)) reply(200, { block_height: height - confirmations, number_of_confirmations: confirmations });
      else reply(404, { error: "not found" });
    }
  };
}

function idOf(body: string): string {
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === "string" ? id : "unknown";
  } catch {
    return "unknown";
  }
}
