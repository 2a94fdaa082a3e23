import assert from "node:assert/strict";
import { erasureLayout, survivesZone } from "../../config/erasure";

describe("erasure arithmetic", () => {
  const rows: { hosts: number; drives: number; parity: number; data: number; write: number; survives: boolean }[] = [
    { hosts: 4, drives: 4, parity: 4, data: 12, write: 12, survives: false },
    { hosts: 4, drives: 4, parity: 6, data: 10, write: 10, survives: false },
    { hosts: 4, drives: 4, parity: 8, data: 8, write: 9, survives: false },
    { hosts: 6, drives: 2, parity: 4, data: 8, write: 8, survives: true },
    { hosts: 8, drives: 2, parity: 4, data: 12, write: 12, survives: false },
  ];
  for (const row of rows) {
    it(`${row.hosts} hosts × ${row.drives} drives, EC:${row.parity}, over three zones`, () => {
      const layout = erasureLayout(row.hosts, row.drives, row.parity, 3);
      assert.equal(layout.data, row.data);
      assert.equal(layout.writeQuorum, row.write);
      assert.equal(survivesZone(layout), row.survives);
    });
  }

  it("lets four hosts in four zones lose one", () => {
    assert.equal(survivesZone(erasureLayout(4, 4, 4, 4)), true);
  });
});
