import { runPythonTests } from "../python";

describe("hosts/health Python", () => {
  it("one answer in half a minute saves a process, and none does not", function () {
    this.timeout(60_000);
    runPythonTests("health");
  });
});
