import { runPythonTests } from "../python";

describe("hosts/redis Python", () => {
  it("an instance starts under the master that the Sentinels name, and never empty over others' keys", function () {
    this.timeout(60_000);
    runPythonTests("redis");
  });
});
