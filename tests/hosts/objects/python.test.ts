import { runPythonTests } from "../python";

describe("hosts/objects Python", () => {
  it("the application gets its own key and policy, and two sites are joined where nothing can be lost by it", function () {
    this.timeout(60_000);
    runPythonTests("objects");
  });
});
