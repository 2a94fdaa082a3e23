import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ClientRequest } from "node:http";
import { Agent, request } from "node:https";
import type { LoadPlan, RequestKind, Sent } from "./plan";

/** Bytes of an upload: small, as most are, and different from every other. */
const uploadBytes = 300;
/** Winston credits of a top-up. */
const topUpWinc = 100_000;

interface Call {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
  /** What a top-up or a data item is known by, before it is sent: the answer to an upload that the edge sent twice does not say it. */
  id: string;
  winc: number;
}

/** Clients outside the platform, who know its name, its public address and its certificate authority. */
export class Client {
  private readonly agent: Agent;
  private readonly open = new Set<ClientRequest>();
  private readonly turns = new Map<RequestKind, number>();

  public constructor(private readonly plan: LoadPlan) {
    this.agent = new Agent({ keepAlive: false, ca: readFileSync(plan.authority), maxCachedSessions: 100 });
  }

  /** Sends one request and gives how it ended. Never throws. */
  public async send(kind: RequestKind, account = this.next(kind)): Promise<Sent> {
    const call = callOf(kind, account);
    const sentAt = Date.now();
    try {
      const status = await this.answer(call);
      return { kind, sentAt, endedAt: Date.now(), status, id: call.id, winc: call.winc, error: "" };
    } catch (fault) {
      const { code, message } = fault as NodeJS.ErrnoException;
      return { kind, sentAt, endedAt: Date.now(), status: 0, id: call.id, winc: call.winc, error: code ?? message };
    }
  }

  /** The account whose turn it is among the requests of a kind. */
  private next(kind: RequestKind): string {
    const turn = this.turns.get(kind) ?? 0;
    this.turns.set(kind, turn + 1);
    const account = this.plan.accounts[turn % this.plan.accounts.length];
    if (account === undefined) throw new Error("the plan has no accounts");
    return account;
  }

  /** Gives every open request up. */
  public giveUp(): void {
    for (const one of this.open) one.destroy(new Error("no answer"));
  }

  private answer({ method, path, headers, body }: Call): Promise<number> {
    const { domain, address, patienceMilliseconds } = this.plan;
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": String(body.length) };
      const sending = request({
        host: address,
        port: 443,
        servername: domain,
        method,
        path,
        headers: { host: domain, ...headers, ...length },
        agent: this.agent,
      });
      sending.setTimeout(patienceMilliseconds, () => sending.destroy(new Error("no answer")));
      this.open.add(sending);
      sending.on("close", () => this.open.delete(sending));
      sending.on("error", reject);
      sending.on("response", (response) => {
        response.resume();
        response.on("error", reject);
        response.on("aborted", () => {
          reject(new Error("answer cut"));
        });
        response.on("end", () => {
          resolve(response.statusCode ?? 0);
        });
      });
      sending.end(body);
    });
  }
}

function callOf(kind: RequestKind, account: string): Call {
  const get = { method: "GET", headers: {}, body: undefined, id: "", winc: 0 } as const;
  switch (kind) {
    case "info":
      return { ...get, path: "/v1/info" };
    case "balance":
      return { ...get, path: `/v1/account/balance?address=${account}` };
    case "topUp": {
      const receiptId = randomUUID();
      const body = Buffer.from(JSON.stringify({ receiptId, address: account, winc: String(topUpWinc) }));
      return { method: "POST", path: "/v1/stripe-webhook", headers: { "content-type": "application/json" }, body, id: receiptId, winc: topUpWinc };
    }
    case "upload": {
      const body = randomBytes(uploadBytes);
      return {
        method: "POST",
        path: "/v1/tx",
        headers: { "content-type": "application/octet-stream", "x-lab-address": account },
        body,
        // As the reference workload knows it (lab/app, uploads/id.ts).
        id: createHash("sha256").update(body).digest("base64url"),
        winc: 0,
      };
    }
  }
}
