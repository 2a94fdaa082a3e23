import { runPythonTests } from "../python";

describe("hosts/etcd Python", () => {
  it("a member enters its cluster the right way for what its disk and the cluster know", function () {
    this.timeout(60_000);
    runPythonTests("etcd");
  });
});
