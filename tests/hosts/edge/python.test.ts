import { runPythonTests } from "../python";

describe("the edge's own programs", () => {
  it("pass their tests", () => {
    runPythonTests("edge");
  });
});
