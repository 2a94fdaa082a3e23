import assert from "node:assert/strict";
import { acceptUpload, type UploadPorts } from "../../../lab/app/packages/upload-service/src/uploads/accept";
import { dataItemId, isDataItemId } from "../../../lab/app/packages/upload-service/src/uploads/id";
import { silenceLog } from "./silence";

const upload = { bytes: Buffer.from("hello world"), address: "payer", nestedItems: 0 };
const id = "uU0nuZNNPgilLlLX2n2r-sSE7-N6U4DukIj3rOLvzek";

/** Ports that do as asked and write down what was asked; each can be replaced. */
function fakes(replace: Partial<UploadPorts> = {}): { ports: UploadPorts; calls: string[] } {
  const calls: string[] = [];
  const plain: UploadPorts = {
    isInFlight: () => Promise.resolve(false),
    isKnown: () => Promise.resolve(false),
    markInFlight: () => Promise.resolve(true),
    unmark: () => Promise.resolve(),
    checkBalance: () => Promise.resolve({ sufficient: true }),
    priceQuote: () => Promise.resolve({ accepts: [] }),
    store: () => Promise.resolve(),
    quarantine: () => Promise.resolve(),
    reserve: () => Promise.resolve({ reserved: true, winc: 110n }),
    refund: () => Promise.resolve(),
    enqueueOptical: () => Promise.resolve(),
    enqueueUnbundle: () => Promise.resolve(),
    isStored: () => Promise.resolve(true),
    deadlineHeight: () => Promise.resolve(1_200),
    sign: (receipt) => ({ ...receipt, public: "n", signature: "s" }),
    enqueueNewDataItem: () => Promise.resolve(),
    ...replace,
  };
  const ports = new Proxy(plain, {
    get: (target, name: keyof UploadPorts) => {
      calls.push(name);
      return target[name];
    },
  });
  return { ports, calls };
}

const fails = (): Promise<never> => Promise.reject(new Error("away"));

describe("an upload", () => {
  silenceLog();

  it("is stored, paid, promised, queued, in this order, before it is answered", async () => {
    const { ports, calls } = fakes();
    const { status, body } = await acceptUpload(ports, upload, "0.2.0");
    assert.equal(status, 200);
    assert.deepEqual(calls, [
      "isInFlight",
      "isKnown",
      "markInFlight",
      "checkBalance",
      "store",
      "reserve",
      "enqueueOptical",
      "isStored",
      "sign",
      "deadlineHeight",
      "enqueueNewDataItem",
      "unmark",
    ]);
    const { timestamp, ...receipt } = body as { timestamp: number };
    assert.ok(Math.abs(Date.now() - timestamp) < 5_000);
    assert.deepEqual(receipt, { id, winc: "110", version: "0.2.0", deadlineHeight: 1_200, public: "n", signature: "s", owner: "payer" });
  });

  it("is not answered while the queue does not take it", async () => {
    let take: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    let answered = false;
    const { ports } = fakes({ enqueueNewDataItem: () => taken });
    const answer = acceptUpload(ports, upload, "0.2.0").then(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(answered, false);
    take();
    await answer;
    assert.equal(answered, true);
  });

  it("that is on its way or known already is told so and not paid again", async () => {
    for (const replace of [
      { isInFlight: () => Promise.resolve(true) },
      { isKnown: () => Promise.resolve(true) },
      { markInFlight: () => Promise.resolve(false) },
    ] satisfies Partial<UploadPorts>[]) {
      const { ports, calls } = fakes(replace);
      assert.equal((await acceptUpload(ports, upload, "0.2.0")).status, 202);
      assert.ok(!calls.includes("reserve") && !calls.includes("unmark"));
    }
  });

  it("goes on without the database, whose primary key is the guard", async () => {
    assert.equal((await acceptUpload(fakes({ isKnown: fails }).ports, upload, "0.2.0")).status, 200);
  });

  it("goes on when the gateway cannot be told", async () => {
    assert.equal((await acceptUpload(fakes({ enqueueOptical: fails }).ports, upload, "0.2.0")).status, 200);
  });

  it("of a payer without a balance is 402 with what to pay", async () => {
    const { ports, calls } = fakes({ checkBalance: () => Promise.resolve({ sufficient: false }) });
    assert.deepEqual(await acceptUpload(ports, upload, "0.2.0"), { status: 402, body: { accepts: [] } });
    assert.ok(!calls.includes("store"));
    const later = fakes({ reserve: () => Promise.resolve({ reserved: false }) });
    assert.equal((await acceptUpload(later.ports, upload, "0.2.0")).status, 402);
    assert.ok(!later.calls.includes("sign"));
  });

  for (const port of ["checkBalance", "store", "reserve"] as const) {
    it(`is 503 without a promise when ${port} fails, and the mark is gone`, async () => {
      const { ports, calls } = fakes({ [port]: fails });
      assert.equal((await acceptUpload(ports, upload, "0.2.0")).status, 503);
      assert.ok(!calls.includes("sign") && !calls.includes("enqueueNewDataItem"));
      assert.equal(calls.at(-1), "unmark");
    });
  }

  for (const [port, replace] of [
    ["the receipt", { isStored: () => Promise.resolve(false) }],
    ["the chain's height", { deadlineHeight: fails }],
    ["the queue", { enqueueNewDataItem: fails }],
  ] satisfies [string, Partial<UploadPorts>][]) {
    it(`is 503 when ${port} fails, its price is given back and its bytes are put aside`, async () => {
      const { ports, calls } = fakes(replace);
      assert.equal((await acceptUpload(ports, upload, "0.2.0")).status, 503);
      assert.deepEqual(calls.slice(-3), ["refund", "quarantine", "unmark"]);
    });
  }

  it("has its bytes' hash as identity", () => {
    assert.equal(dataItemId(upload.bytes), id);
    assert.ok(isDataItemId(id));
    assert.ok(!isDataItemId(`${id}x`) && !isDataItemId(id.replace("-", "+")));
  });
});
