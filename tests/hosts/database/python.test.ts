import { runPythonTests } from "../python";

describe("hosts/database Python", () => {
  it("the agent patches only what differs, and knows a password by its SCRAM verifier", function () {
    this.timeout(60_000);
    runPythonTests("database");
  });
});
