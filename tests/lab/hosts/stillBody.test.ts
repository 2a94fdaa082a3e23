import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { endWhenStill } from "../../../lab/hosts/outside/stillBody";

const patienceMilliseconds = 100;

describe("a request whose body stands still", () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer((incoming, response) => {
      endWhenStill(incoming, response, patienceMilliseconds);
      incoming.on("end", () => response.writeHead(200).end());
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => server.close());

  function put(): ReturnType<typeof request> {
    return request({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, method: "PUT", headers: { "content-length": "4" } });
  }

  async function answerTo(sending: ReturnType<typeof request>): Promise<{ status: number | undefined; body: string }> {
    const [answer] = (await once(sending, "response")) as [IncomingMessage];
    return { status: answer.statusCode, body: await text(answer) };
  }

  it("is ended as S3 ends it, so that the client tries again", async () => {
    const sending = put().on("error", () => undefined);
    sending.flushHeaders();
    const { status, body } = await answerTo(sending);
    assert.equal(status, 400);
    assert.match(body, /<Code>RequestTimeout<\/Code>/);
  });

  it("goes on as long as something comes", async () => {
    const sending = put();
    const answer = answerTo(sending);
    for (const part of "body") {
      sending.write(part);
      await sleep(patienceMilliseconds * 0.6);
    }
    sending.end();
    assert.equal((await answer).status, 200);
  });
});
