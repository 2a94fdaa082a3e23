import { runPythonTests } from "../python";

describe("hosts/objects Python", () => {
  it("the archive for MinIO gives the application its own key and policy", function () {
    this.timeout(60_000);
    runPythonTests("objects");
  });
});
