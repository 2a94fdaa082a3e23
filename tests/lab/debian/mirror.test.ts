import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianMirror } from "../../../lab/debian/mirror";

describe("the Debian mirror", () => {
  let apt = "";
  beforeEach(() => {
    apt = mkdtempSync(join(tmpdir(), "bundler-apt-"));
    mkdirSync(join(apt, "sources.list.d"));
  });
  afterEach(() => {
    rmSync(apt, { recursive: true });
  });

  it("is the machine's own, from a deb822 source, not its security archive", () => {
    writeFileSync(
      join(apt, "sources.list.d", "debian.sources"),
      "Types: deb\nURIs: http://mirror.example/debian-security http://mirror.example/debian\nSuites: trixie\n",
    );
    assert.equal(debianMirror(apt, {}), "http://mirror.example/debian");
  });

  it("is the machine's own, from a one-line source", () => {
    writeFileSync(join(apt, "sources.list"), "# none\ndeb [signed-by=/k.gpg] https://mirror.example/debian/ trixie main\n");
    assert.equal(debianMirror(apt, {}), "https://mirror.example/debian/");
  });

  it("can be given, and is asked for where there is none", () => {
    assert.equal(debianMirror(apt, { DEBIAN_MIRROR: "http://given.example/debian" }), "http://given.example/debian");
    assert.throws(() => debianMirror(apt, {}), /set DEBIAN_MIRROR/);
  });
});
