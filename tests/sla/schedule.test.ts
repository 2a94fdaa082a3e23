import assert from "node:assert/strict";
import { randomNumbers } from "../../sla/random";
import { Schedule } from "../../sla/schedule";

describe("the simulation's schedule", () => {
  it("comes to what is to happen in the order of time, whatever the order in which it was asked", () => {
    const schedule = new Schedule(100);
    const happened: string[] = [];
    const passed: number[] = [];
    schedule.in(30, () => happened.push("third"));
    schedule.in(10, () => {
      happened.push("first");
      schedule.in(5, () => happened.push("second"));
    });
    for (let time = schedule.step(); time !== undefined; time = schedule.step()) {
      passed.push(time);
      schedule.happen();
    }
    assert.deepEqual(happened, ["first", "second", "third"]);
    assert.deepEqual(passed, [10, 5, 15]);
  });

  it("forgets what is after the end", () => {
    const schedule = new Schedule(10);
    schedule.in(11, () => undefined);
    schedule.in(Infinity, () => undefined);
    assert.equal(schedule.step(), undefined);
  });
});

describe("the simulation's random numbers", () => {
  it("are spread evenly from 0 to 1", () => {
    const random = randomNumbers(7);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let count = 0; count < 10_000; count += 1) {
      const one = random();
      assert.ok(one >= 0 && one < 1);
      const tenth = Math.floor(one * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    assert.ok(
      tenths.every((count) => Math.abs(count - 1000) < 120),
      tenths.join(" "),
    );
  });
});
