import { runPythonTests } from "../python";

describe("hosts/witness Python", () => {
  it("a witness ends a lease only by quorum, about the same tenure, with a synchronous standby", function () {
    this.timeout(60_000);
    runPythonTests("witness");
  });
});
