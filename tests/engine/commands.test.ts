import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../lab/setup/paths";
import { capture, type Completed } from "../../lab/setup/process";
import { recordOf, succeeded, useLab } from "./harness";

describe("the commands a person types", function () {
  this.timeout(300_000);
  const lab = useLab();
  const stackFile = readFileSync(join(repository, "Pulumi.level1.yaml"), "utf8");

  async function commandOf(stack: string, ...argv: string[]): Promise<Completed> {
    return capture(join(repository, "lab/run"), argv, { cwd: repository, env: { ...process.env, LAB_HOME: lab().home, STACK: stack } });
  }

  const command = (...argv: string[]): Promise<Completed> => commandOf("level1", ...argv);

  after(() => {
    assert.equal(readFileSync(join(repository, "Pulumi.level1.yaml"), "utf8"), stackFile, "no command writes into the stack file");
  });

  it("make up creates the stack and shows where it is, its hosts, and what the application connects to", async () => {
    const { stdout } = succeeded(await command("up"));
    assert.match(stdout, /Stack level1 is up on the embedded cloud: \d{3,} resources \(\d{3,} created\)/);
    for (const shown of ["https://bundler.example.com", "db-1", "us-east-1a", "127.0.0.1:5432", "make down"])
      assert.ok(stdout.includes(shown), `${shown} is not in\n${stdout}`);
  });

  it("make up again changes nothing and says so", async () => {
    assert.match(succeeded(await command("up")).stdout, /Stack level1: nothing changed; all \d{3,} resources are as Pulumi\.level1\.yaml says/);
  });

  it("make preview and any other Pulumi command see the same stack", async () => {
    assert.match(succeeded(await command("pulumi", "preview", "--expect-no-changes")).stdout, /unchanged/);
    const exported = JSON.parse(succeeded(await command("pulumi", "stack", "export", "-s", "level1")).stdout) as { deployment: { resources: unknown[] } };
    assert.ok(exported.deployment.resources.length > 100);
  });

  it("make cost says what the stack costs as it is up, a line for every resource that costs", async () => {
    const { stdout } = succeeded(await command("cost"));
    assert.match(stdout, /Stack level1, as it is up: \$[\d,]{3,} a month/);
    for (const shown of ["db-1-instance", "EC2 t3.large", "NAT GATEWAYS", "public IPv4 address"])
      assert.ok(stdout.includes(shown), `${shown} is not in\n${stdout}`);
  });

  it("make down leaves nothing in the embedded cloud's own record", async () => {
    assert.ok(recordOf(lab()).length > 100);
    assert.match(succeeded(await command("down")).stdout, /0 left in the embedded cloud\./);
    assert.ok(!lab().stackExists("level1"));
    assert.ok(!existsSync(lab().record));
  });

  it("make down again has nothing to do", async () => {
    assert.match(succeeded(await command("down")).stdout, /Stack level1: not in the lab\.\n0 left/);
  });

  it("make down of one of two stacks leaves the other as it is, and the names free for the next", async () => {
    succeeded(await command("up"));
    succeeded(await commandOf("level2", "up"));
    assert.match(succeeded(await command("down")).stdout, /The embedded cloud still serves level2\./);
    // Secrets and keys hold their names for a month on AWS.
    assert.match(succeeded(await command("up")).stdout, /Stack level1 is up on the embedded cloud: \d{3,} resources \(\d{3,} created\)/);
    assert.match(succeeded(await commandOf("level2", "pulumi", "refresh", "--yes", "-s", "level2", "--expect-no-changes")).stdout, /unchanged/);
    succeeded(await command("down"));
    assert.match(succeeded(await commandOf("level2", "down")).stdout, /0 left in the embedded cloud\./);
  });

  it("make cost of a stack that is not up says what it would cost", async () => {
    assert.match(succeeded(await command("cost")).stdout, /Stack level1, as it would be made: \$[\d,]{3,} a month/);
  });

  it("a stack that has no file is refused with those that have", async () => {
    const run = await capture(join(repository, "lab/run"), ["up"], { cwd: repository, env: { ...process.env, LAB_HOME: lab().home, STACK: "level9" } });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /^Stack level9: Pulumi\.level9\.yaml does not exist; choose one of .*level1/m);
  });

  it("make blueprint and make files show what would be made, without an engine", async () => {
    assert.match(succeeded(await command("show", "blueprint")).stdout, /^stack: level1\n/);
    const files = await capture(join(repository, "lab/run"), ["show", "files"], { env: { ...process.env, STACK: "level1", HOST: "db-1" } });
    assert.match(succeeded(files).stdout, /^=== \/etc\/\S*patroni\S* 0\d{3} \S+$/m);
    const second = { ...process.env, HOSTING: "selfHosted", SITE: "standby", HOST: "db-1" };
    const show = async (stack: string): Promise<Completed> => capture(join(repository, "lab/run"), ["show", "files"], { env: { ...second, STACK: stack } });
    assert.match(succeeded(await show("level3")).stdout, /^name: db-1-b$/m);
    const refused = await show("level2");
    assert.notEqual(refused.status, 0);
    assert.match(refused.stderr, /^SITE=standby: stack level2 has primary only/m);
  });
});
