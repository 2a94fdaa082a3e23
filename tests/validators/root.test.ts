import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { debianRoot, runInRoot } from "../../lab/debian/root";

describe("the Debian root of the validators", function () {
  this.timeout(60_000);

  it("holds files with their mode and owner, and keeps nothing of a run", async () => {
    const run = await runInRoot(
      [{ path: "/etc/new/file", content: "text\n", mode: "0640", owner: "postgres:redis" }],
      ["sh", "-c", "stat -c '%a %U %G' /etc/new/file; cat /etc/new/file /etc/debian_version; echo said >&2; exit 3"],
    );
    assert.equal(run.status, 3);
    assert.match(run.stdout, /^640 postgres redis\ntext\n13\./);
    assert.equal(run.stderr, "said\n");
    assert.ok(!existsSync(`${await debianRoot()}/etc/new`));
  });

  it("knows users that a sysusers.d file among the files makes", async () => {
    const files = [
      { path: "/etc/sysusers.d/app.conf", content: 'u app - "app" /\n' },
      { path: "/etc/app.conf", content: "", owner: "app:app" },
    ];
    assert.equal((await runInRoot(files, ["stat", "-c", "%U", "/etc/app.conf"])).stdout, "app\n");
  });

  it("has files of this machine where a run wants them", async () => {
    const run = await runInRoot([], ["/opt/elsewhere/program", "said"], { "/opt/elsewhere/program": "/bin/echo" });
    assert.equal(run.stdout, "said\n");
    assert.ok(!existsSync(`${await debianRoot()}/opt/elsewhere`));
  });

  it("refuses a file whose owner does not exist there", async () => {
    const run = await runInRoot([{ path: "/etc/file", content: "", owner: "stranger:root" }], ["true"]);
    assert.notEqual(run.status, 0);
    assert.match(run.stderr, /\/etc\/file: its owner stranger:root does not exist in the Debian root/);
  });
});
