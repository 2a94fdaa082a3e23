import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { programText } from "../../hosts/program";

const hosts = join(__dirname, "../../hosts");
/** What Python makes of each text of a list, without the module's description. */
const parse = `import ast, json, sys
def meaning(text):
    tree = ast.parse(text)
    del tree.body[0]
    return ast.dump(tree)
print(json.dumps([meaning(text) for text in json.load(sys.stdin)]))`;

function meanings(texts: readonly string[]): string[] {
  const run = spawnSync("python3", ["-c", parse], { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout) as string[];
}

describe("the platform's programs on hosts", () => {
  const files = readdirSync(hosts, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py"));
  const written = files.map((file) => readFileSync(join(hosts, file), "utf8"));
  const sent = files.map((file) => programText(join(hosts, dirname(file)), basename(file)));

  it("do what they do as they are written", function () {
    this.timeout(30_000);
    assert.ok(files.length >= 20, String(files.length));
    assert.deepEqual(meanings(sent), meanings(written));
  });

  it("come without comments, and say in one line what they are", () => {
    for (const [index, text] of sent.entries()) {
      assert.match(text, /^("""|#!)/, files[index]);
      assert.ok(!text.split("\n").some((line) => /^ *# /.test(line)), files[index]);
      const lines = text.split("\n");
      assert.equal(lines[0]?.split('"""')[1], written[index]?.split("\n")[0]?.split('"""')[1], files[index]);
    }
    assert.ok(sent.join("").length < written.join("").length * 0.95);
  });
});
