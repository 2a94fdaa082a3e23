import assert from "node:assert/strict";
import { gapSeconds, seen } from "../../../lab/drills/measure";
import type { RequestKind, Sent } from "../../../lab/load/plan";

function sent(kind: RequestKind, sentAt: number, endedAt: number, status = 200): Sent {
  return { kind, sentAt, endedAt, status, id: "", winc: 0, error: "" };
}

/** One answer each 100 ms, from and to. */
const steady = (kind: RequestKind, from: number, to: number): Sent[] =>
  Array.from({ length: (to - from) / 100 + 1 }, (_, index) => sent(kind, from + index * 100 - 10, from + index * 100));

const window = { failedAt: 10_000, stoppedAt: 20_000 };

describe("the gap that clients saw", () => {
  it("is from the last answer before the failure to the first after it", () => {
    const all = [...steady("topUp", 8000, 9900), ...steady("topUp", 14_000, 20_000)];
    assert.equal(gapSeconds(all, "topUp", window), 4.1);
  });

  it("counts a later silence too, as when what was lost comes back", () => {
    const all = [...steady("topUp", 8000, 11_000), ...steady("topUp", 11_500, 14_000), ...steady("topUp", 17_000, 20_000)];
    assert.equal(gapSeconds(all, "topUp", window), 3);
  });

  it("does not end before an answer came: silence until the end counts", () => {
    assert.equal(gapSeconds(steady("topUp", 8000, 12_000), "topUp", window), 8);
    assert.equal(gapSeconds([], "topUp", window), 10);
  });

  it("is not shortened by failures, which are no answers", () => {
    const all = [...steady("topUp", 8000, 10_000), sent("topUp", 11_000, 11_500, 503), ...steady("topUp", 13_000, 20_000)];
    assert.equal(gapSeconds(all, "topUp", window), 3);
  });

  it("is the longest of the kinds that count, and of no other", () => {
    const all = [...steady("info", 8000, 20_000), ...steady("topUp", 8000, 10_000), ...steady("topUp", 12_000, 20_000)];
    assert.equal(seen(all, ["info"], window).gapSeconds, 0.1);
    assert.equal(seen(all, ["info", "topUp"], window).gapSeconds, 2);
  });
});

describe("failed requests", () => {
  it("are told apart by whether they may be sent again, and by whether they were on their way", () => {
    const all = [sent("info", 9990, 10_500, 0), sent("info", 12_000, 12_100, 503), sent("topUp", 9990, 10_500), sent("upload", 15_000, 15_100, 502)];
    const { failedGets, failedPosts, inFlightGets, inFlightPosts } = seen(all, ["info"], window);
    assert.deepEqual({ failedGets, failedPosts, inFlightGets, inFlightPosts }, { failedGets: 2, failedPosts: 1, inFlightGets: 1, inFlightPosts: 1 });
  });

  it("do not include duplicates, which were acknowledged before", () => {
    assert.equal(seen([sent("upload", 15_000, 15_100, 202)], ["upload"], window).failedPosts, 0);
  });
});
