import assert from "node:assert/strict";
import { Pace } from "../../../lab/load/pace";

describe("the pace of the clients", () => {
  it("is its rate, however seldom it is asked", () => {
    const pace = new Pace(10, 0);
    assert.equal(pace.due(50), 0);
    assert.equal(pace.due(100), 1);
    assert.equal(pace.due(100), 0);
    assert.equal(pace.due(1000), 9);
  });

  it("does not make good for a long pause all at once", () => {
    const pace = new Pace(10, 0);
    assert.equal(pace.due(60_000), 10);
    assert.equal(pace.due(60_100), 1);
  });
});
