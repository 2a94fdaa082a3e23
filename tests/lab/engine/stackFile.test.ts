import assert from "node:assert/strict";
import { parse } from "yaml";
import { saltOf, stackFileText, withSalt } from "../../../lab/engine/stackFile";
import { SetupFault } from "../../../lab/setup/fault";

describe("the lab's copy of a stack file", () => {
  it("has the same config under the lab's own secrets provider", () => {
    const text = "secretsprovider: awskms://alias/a\nencryptedkey: k\nconfig:\n  ar-io-bundler-ha:level: 1 # one\n";
    const copy = withSalt(text, "level1", "v1:salt");
    assert.deepEqual(parse(copy), { config: { "ar-io-bundler-ha:level": 1 }, encryptionsalt: "v1:salt" });
    assert.equal(saltOf(copy), "v1:salt");
  });

  it("is refused when the file is not YAML", () => {
    assert.throws(() => withSalt("config: [", "level1", "v1:salt"), SetupFault);
  });

  it("of a stack that does not exist is refused with those that do", () => {
    assert.throws(() => stackFileText("level9"), /Pulumi\.level9\.yaml does not exist; choose one of .*level1/);
  });
});
