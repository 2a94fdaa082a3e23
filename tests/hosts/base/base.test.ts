import { runPythonTests } from "../python";

describe("programs of every host", () => {
  it("write secrets, refuse wrong artifacts and never format a volume that holds something", () => {
    runPythonTests("base");
  });
});
